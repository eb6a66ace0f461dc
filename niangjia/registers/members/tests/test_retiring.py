"""Who reaches retirement soon: found by whole months, said to the quarter at the desk, to the day for herself."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import an_account, open_session
from niangjia.registers.members.models import Membership, Person
from niangjia.registers.members.queries import visible_to
from niangjia.registers.members.retaining import preview_retained
from niangjia.registers.members.retiring import facts_at_desk, number_soon, reaching
from niangjia.registers.members.tests.people import CHEN, LIU, enrol
from niangjia.registers.members.today import things_to_do
from niangjia.registers.orgs.tests.office import Office, actor_at

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 10, 0, tzinfo=clock.PEOPLE_ZONE)


@pytest.fixture
def office() -> Iterator[Office]:
    with clock.at(AT):
        office = Office()
        enrol(CHEN, office.mill)
        enrol(LIU, office.mill)
        yield office


def born(name: str, sex: str, on: str) -> Person:
    Person.objects.filter(name=name).update(sex=sex, birth_on=date.fromisoformat(on))
    return Person.objects.get(name=name)


@pytest.mark.parametrize(
    ("sex", "on", "is_soon"),
    [
        # 50 and 10 months on the last day of the span, a day after it; 55 and 5 months; a man of 60 and 6 months.
        ("female", "1976-04-30", True),
        ("female", "1976-08-01", False),
        ("female", "1971-07-15", True),
        ("male", "1966-07-20", True),
        ("male", "1976-04-30", False),
    ],
)
def test_the_span_is_this_month_and_those_of_ninety_days(office: Office, sex: str, on: str, is_soon: bool) -> None:
    chen = born("陈桂兰", sex, on)
    born("刘秀英", "female", "1995-01-01")
    found = reaching(visible_to(actor_at(office.county)), "soon")
    assert [each.pk for each in found] == ([chen.pk] if is_soon else [])


def test_past_it_is_who_is_past_the_later_table(office: Office) -> None:
    born("刘秀英", "female", "1971-01-01")
    chen = born("陈桂兰", "female", "1970-01-01")
    found = reaching(visible_to(actor_at(office.county)), "past")
    assert set(found) == {chen, Person.objects.get(name="刘秀英")}
    Membership.objects.filter(person=chen).update(state="retained")
    assert chen not in reaching(visible_to(actor_at(office.county)), "past")


def test_a_chair_is_told_how_many_and_a_cadre_above_is_not(office: Office) -> None:
    born("陈桂兰", "female", "1976-04-30")
    born("刘秀英", "female", "1995-01-01")
    chair = actor_of(an_account("chair", role=Role.CHAIR, at=office.mill.place), on=clock.today())
    assert number_soon(chair) == 1
    assert "1 位会员 90 天内到退休年龄" in [thing.title for thing in things_to_do(chair, clock.today())]
    assert number_soon(actor_at(office.county)) == 0


def test_the_desk_reads_a_quarter_and_no_day(office: Office) -> None:
    chen = born("陈桂兰", "female", "1976-04-30")
    words = dict(facts_at_desk(chen))["退休（推算）"]
    assert words == "管理、技术岗位 2032年四季度；生产、服务岗位 2026年四季度"
    page = open_session(Client(), an_account("chair", role=Role.CHAIR, at=office.mill.place)).get(
        f"/members/{chen.pk}/"
    )
    assert words in page.content.decode()
    assert "12月30日" not in page.content.decode()
    Person.objects.filter(pk=chen.pk).update(id_kind="passport")
    assert "2026年12月30日" in dict(facts_at_desk(Person.objects.get(pk=chen.pk)))["退休（推算）"]


def test_keeping_many_on_says_who_has_not_reached_it(office: Office) -> None:
    chen = born("陈桂兰", "female", "1976-04-30")
    born("刘秀英", "female", "1995-01-01")
    actor = actor_at(office.county)
    preview = preview_retained(visible_to(actor), "retired", by=actor)
    assert len(preview.changes) == 2
    assert "2 人按推算还没有到退休年龄" in str(preview.words[0])
    assert preview_retained(visible_to(actor), "unemployed", by=actor).words == ()
    Membership.objects.filter(person=chen).update(state="retained")
    assert len(preview_retained(visible_to(actor), "retired", by=actor).changes) == 1
