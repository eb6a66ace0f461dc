"""The four haves: people from the registers, the rest as stated; lists for the union above; nobody states for others."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.access.tests.signing_in import open_session
from niangjia.registers.cadres.haves.models import Statement
from niangjia.registers.cadres.haves.queries import known_of, lacks_of, unions_with_haves
from niangjia.registers.cadres.haves.rules import Have, Said, said_faults
from niangjia.registers.cadres.haves.services import StatementRefused, state_haves
from niangjia.registers.cadres.haves.today import things_to_do
from niangjia.registers.cadres.services import begin_contact
from niangjia.registers.cadres.tests.people import AT, TODAY, Staff

ALL = (
    Said(Have.MONEY, is_there=True, words="独立账户"),
    Said(Have.ROOM, is_there=True, words="厂区二楼"),
    Said(Have.RULES, is_there=True, words="工会经费收支管理办法"),
)


@pytest.fixture
def staff(db: None) -> Iterator[Staff]:
    del db
    with clock.at(AT):
        yield Staff()


def test_what_is_there_wants_a_word_and_no_account_number() -> None:
    today = date(2026, 11, 20)
    assert not said_faults(ALL, today, today=today)
    silent = (Said(Have.MONEY, is_there=True),)
    assert said_faults(silent, today, today=today)["money_words"].code == "say_how"
    number = (Said(Have.MONEY, is_there=True, words="农行 6228480402564890018"),)
    assert said_faults(number, today, today=today)["money_words"].code == "no_numbers"
    assert said_faults(ALL, today + timedelta(days=1), today=today)["on"].code == "later"
    assert said_faults((), today, today=today)["__all__"].code == "nothing_said"


def test_people_are_known_and_the_rest_is_stated_by_whom(staff: Staff) -> None:
    people, money, *_rest = known_of(staff.mill)
    assert (people.is_there, money.is_there) == (True, None)
    assert staff.people[0].name in people.reason
    assert known_of(staff.plant)[0].is_there is False
    state_haves(staff.mill.pk, ALL, TODAY, by=staff.actor(staff.chair), today=TODAY)
    assert [each.is_there for each in known_of(staff.mill)] == [True] * 4
    assert "工会主席" in known_of(staff.mill)[1].reason
    hired = staff.worker()
    begin_contact(hired.pk, staff.plant.pk, date(2026, 1, 1), employer=None, by=staff.actor(staff.zhou))
    assert known_of(staff.plant)[0].is_there is True


def test_the_latest_counts_and_the_same_again_changes_nothing(staff: Staff) -> None:
    by = staff.actor(staff.chair)
    assert state_haves(staff.mill.pk, ALL, TODAY, by=by, today=TODAY) == 3
    assert state_haves(staff.mill.pk, ALL, TODAY, by=by, today=TODAY) == 0
    gone = (Said(Have.ROOM, is_there=False),)
    assert state_haves(staff.mill.pk, gone, TODAY, by=staff.actor(staff.li), today=TODAY) == 1
    assert Statement.objects.count() == 4
    mill = unions_with_haves(staff.actor(staff.zhou)).get(pk=staff.mill.pk)
    assert lacks_of(mill) == [Have.ROOM]
    with pytest.raises(StatementRefused):
        state_haves(staff.mill.pk, (Said(Have.MONEY, is_there=True),), TODAY, by=by, today=TODAY)


def test_nobody_states_for_another_union(staff: Staff) -> None:
    with pytest.raises(Forbidden):
        state_haves(staff.plant.pk, ALL, TODAY, by=staff.actor(staff.chair), today=TODAY)


def test_the_union_above_finds_what_is_lacking_and_today_counts_it(staff: Staff) -> None:
    client = open_session(Client(), staff.zhou)
    assert staff.plant.name in client.get("/desk/haves/?lacks=people").content.decode()
    assert staff.mill.name not in client.get("/desk/haves/?lacks=people").content.decode()
    county = staff.actor(staff.zhou)
    (before,) = things_to_do(county, TODAY)
    for union in (staff.mill, staff.plant):
        state_haves(union.pk, ALL, TODAY, by=county, today=TODAY)
    (after,) = things_to_do(county, TODAY)
    assert before.title != after.title, "the mill has all four now"
    assert staff.mill.name in client.get("/desk/haves/?lacks=none").content.decode()
    assert staff.mill.name not in client.get("/desk/haves/?lacks=any").content.decode()
    assert list(things_to_do(staff.actor(staff.chair), TODAY)) == []


def test_the_page_takes_three_short_answers_and_keeps_what_is_not_touched(staff: Staff) -> None:
    client = open_session(Client(), staff.chair)
    address = f"/unions/{staff.mill.code}/haves/"
    said = client.post(address, {"money": "yes", "on": TODAY.isoformat()}).content.decode()
    assert "写一句" in said
    written = {"money": "yes", "money_words": "独立账户", "room": "no", "on": TODAY.isoformat()}
    assert client.post(address, written).status_code == 302
    shown = client.get(address).content.decode()
    assert "独立账户" in shown
    assert "还没有人说过" in shown
    assert "没有：有地方办事" in client.get(f"/unions/{staff.mill.code}/").content.decode()
    stranger = open_session(Client(), staff.account("plant", Role.CHAIR, staff.plant))
    assert stranger.get(address).status_code == 404
    officer = open_session(Client(), staff.account("officer", Role.OFFICER, staff.county))
    assert "说一说" not in officer.get(address).content.decode()
    assert officer.post(address, written).status_code == 404
