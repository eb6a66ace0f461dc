"""Erasure: two people, nothing of her values left anywhere in the database, a pseudonym in the books."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from niangjia.kernel.access.models import Account, Grant, OpenSession
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.clock import now
from niangjia.kernel.intake.models import Change, Import, Remark
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.privacy import erasing
from niangjia.kernel.privacy.asking import ForAnother, NotAsked, ask_correction, ask_erasure, take_down_erasure
from niangjia.kernel.privacy.consenting import Act, answer
from niangjia.kernel.privacy.erasing import carry_out, close_account
from niangjia.kernel.privacy.models import Erasure, RightsRequest
from niangjia.kernel.privacy.own_file import ask_file, make_file
from niangjia.kernel.privacy.registered import personal_tables
from niangjia.kernel.privacy.rules import AskedBy
from niangjia.kernel.privacy.tests.people import SECRETS, World
from niangjia.kernel.sealed import blind
from niangjia.registers.members.models import Membership, Person
from niangjia.registers.members.queries import matching, real_name_key, visible_to
from niangjia.registers.members.rules.sealed_columns import PHONE
from niangjia.registers.members.services import edit_member
from niangjia.registers.members.tails import key_of_number
from niangjia.registers.members.tests.people import CHEN, ID_CHEN, PHONE_CHEN, TODAY, enrol
from niangjia.registers.orgs.tests.office import OPERATOR, actor_at

pytestmark = pytest.mark.django_db
RIGHT = "手机应当是 13800132299"


@pytest.fixture
def world() -> World:
    return World()


def lived(world: World) -> None:
    """She was changed, consented, asked for her file and a correction, came in a roster, and left."""
    for workplace in ("鸿远纺织二车间", "鸿远纺织三车间"):  # the history keeps what was before
        edit_member(world.chen.pk, CHEN | SECRETS | {"workplace": workplace}, by=OPERATOR, on=TODAY)
    answer(Act("health", 1, given=True, origin="10.1.2.3"), by=world.herself, on=TODAY)
    make_file(ask_file(by=world.herself).pk)
    ask_correction("phone", RIGHT, by=world.herself)
    batch = Import.objects.create(
        city="349900", kind="members", place=world.office.mill.place, author="", file_name="陈桂兰入会.xlsx",
        file_bytes=1, file_sha256=b"", resume_key=b"", state="done", finished_at=now(),
    )  # fmt: skip
    Remark.objects.create(batch=batch, seq=1, row=2, outcome="fault", code="x", sentence="{name}", name="陈桂兰")
    Remark.objects.create(batch=batch, seq=2, row=3, outcome="fault", code="x", sentence="", values={"name": "陈桂兰"})
    before = {"person": {"workplace": SECRETS["workplace"]}, "membership": {"member_no": SECRETS["member_no"]}}
    Change.objects.create(batch=batch, thing_id=world.chen.pk, before=before, revision_after=2)
    Grant.objects.create(
        city="349900", account=world.account, role="worker", place=world.office.mill.place, valid_from=date(2020, 1, 1)
    )
    OpenSession.objects.create(account=world.account, device="手机")
    world.leaves()


def her_values() -> dict[str, str]:
    """Everything that tells of her, in clear and as the database finds it."""
    return {
        "name": "陈桂兰", "pinyin": "chenguilan", "initials": "cgl", "number": ID_CHEN, "phone": PHONE_CHEN,
        "birth": "1980-03-02", "new workplace": "鸿远纺织二车间", "says": RIGHT, "login": "chen\t",
        "key": real_name_key("id_card", ID_CHEN).hex(), "phone index": blind(PHONE, PHONE_CHEN).hex(),
        "tail": key_of_number(ID_CHEN), "joined": "2014-05-01\t2014", **SECRETS,
    }  # fmt: skip


def dump() -> Iterator[tuple[str, str]]:
    """Every table of the database as text, name by name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('public', 'staging') ORDER BY 1, 2"
        )
        for schema, table in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{schema}"."{table}" t')
            yield table, "\n".join(row for (row,) in cursor.fetchall()).replace(",", "\t")


def found() -> list[str]:
    values = her_values()
    return [f"{table}: {name}" for table, text in dump() for name, value in values.items() if value in text]


def erase(world: World) -> Erasure:
    asked = ask_erasure(by=world.herself)
    return carry_out(asked.pk, by=actor_at(world.office.town))


@pytest.mark.guard("erasure-complete", "After an erasure no table of the database holds any of her values.")
def test_after_erasure_a_dump_of_the_whole_database_holds_nothing_of_her(world: World) -> None:
    lived(world)
    assert {"members_person: number", "journal_entry: name"} & set(found()) == set()
    assert {"members_person: name", "members_personevent: new workplace", "intake_change: member_no"} <= set(found())
    erase(world)
    assert found() == []


@pytest.mark.control("erasure-complete")
@pytest.mark.parametrize(
    "left_out", ["members.PersonEvent", "members.Membership", "intake.Change", "intake.Remark", "access.Account"]
)
def test_one_table_left_out_and_her_values_are_found(world: World, monkeypatch: Any, left_out: str) -> None:
    lived(world)
    tables = tuple(table for table in personal_tables() if table.model != left_out)
    monkeypatch.setattr(erasing, "personal_tables", lambda: tables)
    erase(world)
    assert found() != []


def test_the_books_keep_a_pseudonym_and_the_bare_number(world: World) -> None:
    lived(world)
    erasure = erase(world)
    person = Person.objects.get(pk=world.chen.pk)
    assert person.name == erasure.pseudonym
    assert person.erased_at is not None
    membership = Membership.objects.get(person=person)
    assert (membership.union_id, membership.member_no) == (world.office.mill.pk, "")
    told = Entry.objects.get(verb="erase_person")
    assert (told.thing_id, told.detail["rows"]["members.Person"]) == (world.chen.pk, 1)
    assert "陈桂兰" not in str(told.detail)


def test_nobody_finds_her_and_who_comes_back_is_somebody_new(world: World) -> None:
    lived(world)
    erasure = erase(world)
    assert world.chen.pk not in visible_to(OPERATOR).values_list("pk", flat=True)
    for words in ("陈桂兰", ID_CHEN, PHONE_CHEN, ID_CHEN[-4:], erasure.pseudonym):
        assert not matching(visible_to(OPERATOR), words).filter(pk=world.chen.pk).exists()
    again = enrol(CHEN, world.office.plant)
    assert again.pk != world.chen.pk
    assert Person.objects.get(pk=world.chen.pk).name == erasure.pseudonym


def test_a_member_leaves_first_and_is_told_so(world: World) -> None:
    with pytest.raises(NotAsked) as refused:
        ask_erasure(by=world.herself)
    assert refused.value.reason.code == "still_member"
    assert "鸿远纺织有限公司工会" in str(refused.value.reason)


def test_it_takes_two_and_the_second_is_a_cadre_of_her_line(world: World) -> None:
    world.leaves()
    recorder, second = actor_at(world.office.town), actor_at(world.office.county)
    asked = take_down_erasure(world.chen.pk, ForAnother(AskedBy.HEIR, "档案柜 2"), by=recorder)
    RightsRequest.objects.filter(pk=asked.pk).update(recorded_by=world.account)
    itself = actor_at(world.office.town)
    object.__setattr__(itself, "account_id", world.account.pk)
    with pytest.raises(NotAsked) as refused:
        carry_out(asked.pk, by=itself)
    assert refused.value.reason.code == "second_person"
    with pytest.raises(Forbidden):
        carry_out(asked.pk, by=actor_at(world.office.park))
    carry_out(asked.pk, by=second)
    with pytest.raises(NotAsked) as settled:
        carry_out(asked.pk, by=second)
    assert settled.value.reason.code == "settled_already"


def test_she_asks_once(world: World) -> None:
    world.leaves()
    ask_erasure(by=world.herself)
    with pytest.raises(NotAsked) as refused:
        ask_erasure(by=world.herself)
    assert refused.value.reason.code == "asked_already"


def test_an_account_is_closed_at_once_and_the_membership_stays(world: World) -> None:
    browser = world.browser()
    close_account(by=world.herself)
    closed = Account.objects.get(pk=world.account.pk)
    assert (closed.is_active, closed.name, closed.login) == (False, "已注销", f"closed-{closed.pk}")
    assert not closed.has_usable_password()
    assert browser.get("/mine/").status_code == 302
    assert Client().get("/mine/").status_code == 302
    assert Membership.objects.get(person=world.chen).state == "active"


def test_who_holds_a_post_gives_the_rights_back_before_closing_the_account(world: World) -> None:
    Grant.objects.create(
        city="349900", account=world.account, role="cadre", place=world.office.mill.place, valid_from=date(2020, 1, 1)
    )
    with pytest.raises(NotAsked) as refused:
        close_account(by=world.herself)
    assert refused.value.reason.code == "holds_a_post"
