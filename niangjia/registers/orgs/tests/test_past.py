"""The tree as it stood on a past day: what stood where, by which names, for whom, with which figures."""

from datetime import date, timedelta

import pytest
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Role
from niangjia.kernel.places.models import Place, SecondStanding
from niangjia.kernel.places.queries import second_standing_on
from niangjia.kernel.places.services import close_place, move_place, set_second_parents
from niangjia.registers.employers.models import Coverage
from niangjia.registers.employers.rules.employer_facts import EmployerFacts
from niangjia.registers.employers.services import register_employer
from niangjia.registers.members.models import Membership
from niangjia.registers.members.tests.people import CHEN, enrol
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.past.queries import level_on, names_on
from niangjia.registers.orgs.tests.office import DAY, OPERATOR, Office, actor_at, client_at

pytestmark = pytest.mark.django_db
MOVED = date(2026, 6, 1)
BEFORE = MOVED - timedelta(days=1)
PAGE = "/unions/tree/"


@pytest.fixture
def office() -> Office:
    return Office()


def moved(office: Office) -> None:
    """The mill stands in the park from June on."""
    move_place(Place.objects.get(pk=office.mill.pk), Place.objects.get(pk=office.park.pk), on=MOVED)


def below(union: Union, day: date, code: str = "") -> list[str]:
    level = level_on(actor_at(union), day, code)
    return [each.name for each in level.below] if level else []


def test_a_union_stands_where_it_stood_that_day(office: Office) -> None:
    moved(office)
    assert below(office.county, BEFORE, office.town.code) == ["鸿远纺织有限公司工会"]
    assert below(office.county, MOVED, office.town.code) == []
    assert sorted(below(office.county, MOVED, office.park.code)) == ["宏达五金制品有限公司工会", "鸿远纺织有限公司工会"]
    assert below(office.county, DAY - timedelta(days=1)) == []


def test_each_sees_what_stood_below_her_own_that_day(office: Office) -> None:
    moved(office)
    # in March the mill was hers, whatever became of it; in June it is another's
    assert below(office.town, BEFORE) == ["鸿远纺织有限公司工会"]
    assert level_on(actor_at(office.town), MOVED, office.mill.code) is None
    assert level_on(actor_at(office.park), BEFORE, office.mill.code) is None
    assert level_on(actor_at(office.town), BEFORE, office.park.code) is None
    assert level_on(actor_at(office.park), MOVED, office.mill.code) is not None


def test_a_name_is_the_one_of_that_day(office: Office) -> None:
    today = clock.today()
    Union.objects.filter(pk=office.mill.pk).update(name="鸿远集团工会")
    Union.objects.filter(pk=office.mill.pk).update(name="鸿远控股工会")
    assert names_on([office.mill.pk], today) == {office.mill.pk: "鸿远控股工会"}
    assert names_on([office.mill.pk], today - timedelta(days=1)) == {office.mill.pk: "鸿远纺织有限公司工会"}


def test_figures_are_those_of_that_day_whatever_came_later(office: Office) -> None:
    person = enrol(CHEN, office.mill)
    held = Membership.objects.get(person=person)
    joined = DAY + timedelta(days=10)
    facts = EmployerFacts(name="鸿远纺织有限公司", place_id=office.town.pk)
    employer = register_employer(facts, by=OPERATOR)
    Coverage.objects.create(city="349900", employer=employer, union=office.mill, valid_from=joined, valid_to=joined)
    later = joined + timedelta(days=30)
    Membership.objects.filter(pk=held.pk).update(period=(joined, later), state="left")

    def figures(day: date) -> tuple[int, int, int]:
        level = level_on(actor_at(office.county), day, office.town.code)
        assert level is not None
        assert level.here is not None
        return level.here.unions, level.here.figures["memberships"], level.here.figures["employers"]

    assert figures(joined) == (1, 1, 1)
    assert figures(joined + timedelta(days=1)) == (1, 1, 0)
    assert figures(later) == (1, 0, 0)


def test_what_became_of_it_stands_beside(office: Office) -> None:
    moved(office)
    close_place(Place.objects.get(pk=office.plant.pk), on=MOVED)
    level = level_on(actor_at(office.county), BEFORE)
    assert level is not None
    level = level_on(actor_at(office.county), BEFORE, office.park.code)
    assert level is not None
    assert [each.since for each in level.below] == ["closed"]
    level = level_on(actor_at(office.county), BEFORE, office.town.code)
    assert level is not None
    assert [each.since for each in level.below] == ["moved"]


def test_a_second_place_has_its_days(office: Office) -> None:
    mill, park, town = office.mill.pk, office.park.pk, office.town.pk
    set_second_parents({mill: park}, on=MOVED)
    set_second_parents({mill: town}, on=MOVED + timedelta(days=10))
    assert Place.objects.get(pk=mill).second_parent_id == town
    on = {
        day: list(second_standing_on(MOVED + timedelta(days=day)).values_list("above", flat=True))
        for day in (-1, 0, 9, 10)
    }
    assert on == {-1: [], 0: [park], 9: [park], 10: [town]}
    # the same day again corrects; none ends it
    set_second_parents({mill: park}, on=MOVED + timedelta(days=10))
    set_second_parents({mill: None}, on=MOVED + timedelta(days=20))
    assert SecondStanding.objects.filter(place=mill).count() == 2
    assert not second_standing_on(MOVED + timedelta(days=20)).exists()


def test_the_page_says_the_day_and_keeps_it_in_every_address(office: Office) -> None:
    moved(office)
    client = client_at(office.county)
    page = client.get(PAGE, {"on": BEFORE.isoformat(), "at": office.town.code}).content.decode()
    assert "2026年5月31日的样子" in page
    assert f"?on=2026-05-31&amp;at={office.mill.code}" in page
    assert "后来换了上级" in page
    assert "现在的样子" in client.get(PAGE).content.decode()


def test_a_day_that_cannot_be_is_told_beside_the_field(office: Office) -> None:
    client = client_at(office.county)
    for written in ("gestern", "2026-02-31"):
        assert "看不出是哪一天" in client.get(PAGE, {"on": written}).content.decode()
    assert "这一天还没有到" in client.get(PAGE, {"on": "2199-01-01"}).content.decode()
    absent = client.get(PAGE, {"on": (DAY - timedelta(days=1)).isoformat(), "at": office.mill.code})
    assert absent.status_code == 404
    assert "那一天没有这个工会" in absent.content.decode()


def test_who_sees_no_unions_sees_no_tree(office: Office) -> None:
    assert client_at(office.county, Role.SYSTEM_ADMIN).get(PAGE).status_code == 404
    assert Client().get(PAGE).status_code == 302


def test_programs_ask_for_a_day(office: Office) -> None:
    moved(office)
    client = client_at(office.county)
    answer = client.get("/api/v1/tree", {"on": BEFORE.isoformat(), "at": office.town.code}).json()
    assert answer["above"] == [office.county.code]
    assert answer["here"]["code"] == office.town.code
    assert [(each["code"], each["since"]) for each in answer["below"]] == [(office.mill.code, "moved")]
    assert client_at(office.park).get("/api/v1/tree", {"at": office.town.code}).status_code == 404


def test_what_an_industrial_union_leads_is_listed_by_day_and_figures_stay_with_who_may_see_them(office: Office) -> None:
    set_second_parents({office.mill.pk: office.plant.pk}, on=MOVED)
    address = f"/unions/{office.park.code}/industry/"
    page = client_at(office.park).get(address, {"on": MOVED.isoformat()}).content.decode()
    assert "鸿远纺织有限公司工会" in page
    assert f'href="/unions/{office.mill.code}/"' not in page
    county = client_at(office.county)
    assert f'href="/unions/{office.mill.code}/"' in county.get(address, {"on": MOVED.isoformat()}).content.decode()
    assert "鸿远" not in county.get(address, {"on": BEFORE.isoformat()}).content.decode()
    listed = county.get("/unions/", {"second": office.park.code}).content.decode()
    assert "鸿远纺织" in listed
    assert f'"/unions/{office.plant.code}/"' not in listed
    assert client_at(office.town).get(address).status_code == 404
