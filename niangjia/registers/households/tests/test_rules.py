"""What is true about households: who may be written down, and how one looks from another of its people."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.registers.households.rules import (
    KinFacts,
    KinWritten,
    Known,
    Relation,
    SchoolWritten,
    Stage,
    checked,
    end_fault,
    needs_guardian,
    school_faults,
    seen_from,
)
from niangjia.registers.members.tests.people import ID_CHEN, a_number

TODAY = date(2026, 11, 20)
KNOWN = Known(date(2020, 1, 1), has_spouse=False, own_number=ID_CHEN)
CHILD = a_number("34992120190603", 14)


def written(**more: object) -> KinWritten:
    """A child that was written down rightly."""
    facts: dict[str, object] = {
        "name": "刘小宝", "relation": Relation.CHILD, "since": date(2020, 1, 1), "birth_on": date(2019, 6, 3), "agreed": True,
    }  # fmt: skip
    return KinWritten(**{**facts, **more})


def test_birth_is_read_from_the_number() -> None:
    facts = checked(written(birth_on=None, id_number=CHILD), KNOWN, on=TODAY)
    assert isinstance(facts, KinFacts)
    assert (facts.birth_on, facts.id_number) == (date(2019, 6, 3), CHILD)


@pytest.mark.parametrize(
    ("more", "field", "code"),
    [
        ({"name": "a"}, "name", None),
        ({"id_number": "123"}, "id_number", None),
        ({"birth_on": None}, "birth_on", "birth_missing"),
        ({"birth_on": date(2030, 1, 1)}, "birth_on", "birth_unfit"),
        ({"birth_on": date(2019, 6, 4), "id_number": CHILD}, "birth_on", "birth_differs"),
        ({"id_number": ID_CHEN, "birth_on": None}, "id_number", "is_herself"),
        ({"relation": Relation.APPLICANT}, "relation", "is_herself"),
        ({"since": date(2027, 1, 1)}, "since", "since_in_future"),
        ({"since": date(2019, 12, 31)}, "since", "since_before_household"),
        ({"agreed": False}, "agreed", "not_agreed"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(more: dict[str, object], field: str, code: str | None) -> None:
    faults = checked(written(**more), KNOWN, on=TODAY)
    assert not isinstance(faults, KinFacts)
    assert field in faults
    assert code is None or faults[field].code == code


def test_there_is_one_spouse_at_a_time() -> None:
    spouse = written(relation=Relation.SPOUSE)
    assert isinstance(checked(spouse, KNOWN, on=TODAY), KinFacts)
    faults = checked(spouse, Known(KNOWN.since, has_spouse=True), on=TODAY)
    assert not isinstance(faults, KinFacts)
    assert faults["relation"].code == "spouse_already"


def test_a_guardian_consents_below_fourteen() -> None:
    assert needs_guardian(date(2012, 11, 21), on=TODAY)
    assert not needs_guardian(date(2012, 11, 20), on=TODAY)


def test_nobody_moves_out_before_she_came_or_on_a_day_to_come() -> None:
    assert end_fault(date(2020, 1, 1), date(2020, 1, 1), on=TODAY) is not None
    assert end_fault(date(2020, 1, 1), date(2030, 1, 1), on=TODAY) is not None
    assert end_fault(date(2020, 1, 1), TODAY, on=TODAY) is None


def test_a_school_has_a_name_and_fits_into_a_life() -> None:
    early = SchoolWritten(" ", Stage.PRIMARY, date(2018, 9, 1), until=date(2018, 9, 1))
    assert set(school_faults(early, born_on=date(2019, 6, 3))) == {"school", "since", "until"}
    assert not school_faults(SchoolWritten("柳林小学", Stage.PRIMARY, date(2025, 9, 1)), born_on=date(2019, 6, 3))


@given(st.sampled_from(Relation), st.sampled_from(Relation))
def test_from_every_side_somebody_is_someone(herself: Relation, other: Relation) -> None:
    assert seen_from(herself, other) in Relation
    assert seen_from(Relation.APPLICANT, other) is other


def test_a_spouse_sees_the_children_as_hers_and_a_child_its_parents() -> None:
    assert seen_from(Relation.SPOUSE, Relation.CHILD) is Relation.CHILD
    assert seen_from(Relation.SPOUSE, Relation.APPLICANT) is Relation.SPOUSE
    assert seen_from(Relation.CHILD, Relation.SPOUSE) is Relation.PARENT
    assert seen_from(Relation.SPOUSE, Relation.PARENT) is Relation.OTHER
