"""What the owner of the register looks up past every wall: told to the program that asks who is one person, and to nobody else."""

import re
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from niangjia.kernel.access.acting import Purpose, acting_as_account, beyond
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import an_account
from niangjia.registers.members.linking.counting import counted
from niangjia.registers.members.linking.rules.shares import NAME_CLASSES, name_share
from niangjia.registers.members.tests.people import CHEN, LIU, enrol
from niangjia.registers.members.tests.test_walls import as_owner
from niangjia.registers.orgs.tests.office import Office

RULE = "same-person-told-to-the-program"
KEEPS = "Who in the whole city somebody may be is looked up for the program alone; whoever acts for herself is refused."
CANDIDATES = "SELECT name FROM same_person_candidates('{}', '{}', '{}', '{}', '{1}', '{liuxiuying}', '{1987-06-11}', 8)"
COUNTS = "SELECT many FROM same_person_counts('{liuxiuying}', '{}', 0.002, 20000, 8) WHERE sound IS NOT NULL"
LOOK = re.compile(r"IF public\.acting_as\(\) NOT IN \([^)]*\) THEN")


def told(statement: str) -> Sequence[Any]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        return [row[0] for row in cursor.fetchall()]


def chair() -> int:
    """Who keeps the mill's members; 刘秀英 is the plant's."""
    office = Office()
    enrol(dict(CHEN), office.mill)
    enrol(dict(LIU), office.plant)
    return an_account("chair", role=Role.CHAIR, at=office.mill.place).pk


@pytest.mark.guard(RULE, KEEPS)
@pytest.mark.django_db
@pytest.mark.parametrize("statement", [CANDIDATES, COUNTS])
def test_whoever_acts_for_herself_is_told_nothing(statement: str) -> None:
    account = chair()
    for who in (account, None):
        with acting_as_account(who), pytest.raises(ProgrammingError, match="told to the program alone"):
            told(statement)
    with beyond(Purpose.SAME_PERSON):
        assert told(statement) in (["刘秀英"], [1])


@pytest.mark.guard(RULE, KEEPS)
@pytest.mark.django_db
def test_work_for_another_purpose_is_told_nobody() -> None:
    chair()
    with beyond(Purpose.MESSAGES), pytest.raises(ProgrammingError, match="told to the program alone"):
        told(CANDIDATES)


@pytest.mark.control(RULE)
@pytest.mark.django_db(transaction=True)
def test_without_asking_who_acts_a_chair_would_read_another_unions_members() -> None:
    account = chair()
    with as_owner() as owner:
        (kept,) = owner.execute("SELECT pg_get_functiondef('same_person_candidates'::regproc)").fetchone() or ("",)
        try:
            owner.execute(LOOK.sub("IF false THEN", kept).encode())
            with acting_as_account(account):
                assert told(CANDIDATES) == ["刘秀英"]
        finally:
            owner.execute(kept.encode())
    with acting_as_account(account), pytest.raises(ProgrammingError, match="told to the program alone"):
        told(CANDIDATES)


@pytest.mark.django_db
def test_a_name_of_the_commonest_is_counted_as_far_as_makes_it_one() -> None:
    """The class of a name is the same for a newcomer and in a file."""
    many = 60
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH one AS (INSERT INTO people_subject (city) SELECT '349900' FROM generate_series(1, %s) RETURNING id) "
            "INSERT INTO members_person (subject_id, city, name, name_sort, name_keys, id_kind, id_sealed, sex, ethnicity, political, "
            "education, household_registration, employment, workplace, title, skill, occupation, revision, registered_at) "
            "SELECT id, '349900', '张伟', 'zhangwei', '{}', 'id_card', '', '', '', '', '', '', '', '', '', '', '', 1, now() FROM one",
            [many],
        )
    with beyond(Purpose.SAME_PERSON):
        records, sounds, _phones = counted({"zhangwei", "nobody"}, set())
    assert sounds["nobody"] == 0
    assert name_share(sounds["zhangwei"], records=records) == name_share(many, records=records) == len(NAME_CLASSES) - 1
