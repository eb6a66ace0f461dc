"""Employers: services on the register, pages through the browser's side."""

from datetime import date
from typing import Any

import pytest

from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.journal.models import Entry
from niangjia.registers.employers.models import Coverage, Employer
from niangjia.registers.employers.queries import visible_to
from niangjia.registers.employers.rules.employer_facts import EmployerFacts
from niangjia.registers.employers.services import (
    EmployerRefused,
    attach_union,
    detach_union,
    edit_employer,
    facts_of,
    register_employer,
)
from niangjia.registers.orgs.tests.office import DAY, OPERATOR, Office, actor_at, client_at

pytestmark = pytest.mark.django_db
LATER = date(2026, 6, 1)
GOOD_CODE = "91350100M000100Y43"


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def mill(office: Office) -> Employer:
    facts = EmployerFacts(name="鸿远纺织有限公司", place_id=office.town.pk, employees=1_200, women_employees=800)
    return register_employer(facts, by=OPERATOR)


def test_an_employer_belongs_to_the_city_of_its_territorial_union(mill: Employer) -> None:
    assert mill.city == "349900"
    assert Entry.objects.get(thing="employer").verb == "register_employer"


def test_faults_are_told_by_field(office: Office, mill: Employer) -> None:
    edit_employer(mill.pk, EmployerFacts(name=mill.name, place_id=office.town.pk, uscc=GOOD_CODE), by=OPERATOR)
    wrong = EmployerFacts(
        name="x", place_id=office.town.pk, uscc=GOOD_CODE, employees=3, women_employees=4,
        opened_on=LATER, closed_on=DAY, region_code="1",
    )  # fmt: skip
    with pytest.raises(EmployerRefused) as refused:
        register_employer(wrong, by=OPERATOR)
    assert {field: reason.code for field, reason in refused.value.reasons.items()} == {
        "name": "name_invalid", "uscc": "uscc_taken", "women_employees": "too_many_women", "closed_on": "closed_before_opened",
        "region_code": "region_unknown",
    }  # fmt: skip


def test_one_union_covers_many_and_one_employer_has_several(office: Office, mill: Employer) -> None:
    attach_union(mill.pk, office.mill.pk, by=OPERATOR, on=DAY)
    attach_union(mill.pk, office.plant.pk, by=OPERATOR, on=DAY)
    with pytest.raises(EmployerRefused):
        attach_union(mill.pk, office.mill.pk, by=OPERATOR, on=LATER)
    detach_union(mill.pk, office.mill.pk, by=OPERATOR, on=LATER)
    attach_union(mill.pk, office.mill.pk, by=OPERATOR, on=LATER)
    assert Coverage.objects.filter(employer=mill).count() == 3
    assert Coverage.objects.filter(employer=mill, valid_to=None).count() == 2


def test_a_union_sees_the_employer_it_covers_but_its_chair_changes_nothing(office: Office, mill: Employer) -> None:
    chair = actor_at(office.mill, Role.CHAIR)
    assert not visible_to(chair).exists()
    attach_union(mill.pk, office.mill.pk, by=OPERATOR, on=DAY)
    assert visible_to(chair).get() == mill
    for actor in (chair, actor_at(office.mill), actor_at(office.park)):
        with pytest.raises(Forbidden):
            edit_employer(mill.pk, facts_of(mill), by=actor)
    edit_employer(mill.pk, facts_of(mill), by=actor_at(office.town))


def test_no_right_no_employers(office: Office, mill: Employer) -> None:
    assert not visible_to(actor_at(office.county, Role.SYSTEM_ADMIN)).exists()
    assert not visible_to(actor_at(office.park)).exists()
    assert visible_to(actor_at(office.county)).count() == 1


def test_the_list_tells_with_and_without_a_union_apart(office: Office, mill: Employer) -> None:
    register_employer(EmployerFacts(name="顺通物流", place_id=office.town.pk, trade_code="60"), by=OPERATOR)
    attach_union(mill.pk, office.mill.pk, by=OPERATOR, on=DAY)
    client = client_at(office.town)
    without = client.get("/employers/", {"covered": "no"}).content.decode()
    assert "顺通物流" in without
    assert "鸿远纺织" not in without
    assert "顺通物流" in client.get("/employers/", {"trade": "G"}).content.decode()
    assert "鸿远纺织" not in client_at(office.park).get("/employers/").content.decode()


def test_an_employer_of_others_is_a_page_that_is_not_there(office: Office, mill: Employer) -> None:
    for tail in ("", "edit/"):
        assert client_at(office.park, login=f"x{tail[:1]}").get(f"/employers/{mill.pk}/{tail}").status_code == 404
    client = client_at(office.park)
    assert client.post(f"/employers/{mill.pk}/cover/", {"union": office.plant.code}).status_code == 404
    assert client.post(f"/employers/{mill.pk}/uncover/{office.plant.pk}/").status_code == 404
    assert client_at(office.town).get(f"/employers/{mill.pk}/edit/").status_code == 200


def test_an_employer_is_registered_and_changed_by_hand(office: Office) -> None:
    client = client_at(office.town)
    given: dict[str, Any] = {
        "name": "顺通物流有限公司",
        "place": office.town.code,
        "trade_code": "60",
        "employees": "30",
    }
    answer = client.post("/employers/new/", given | {"uscc": "91350100M000100Y44"})
    page = answer.content.decode()
    assert 'id="id_uscc_wrong"' in page
    assert 'value="顺通物流有限公司"' in page
    assert client.post("/employers/new/", given).status_code == 302
    employer = Employer.objects.get()
    answer = client.post(f"/employers/{employer.pk}/edit/", given | {"employees": "31", "revision": 1})
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "职工人数：30 → 31" in page


def test_a_union_is_attached_and_detached_on_the_page(office: Office, mill: Employer) -> None:
    client = client_at(office.town)
    wrong = client.post(f"/employers/{mill.pk}/cover/", {"union": "没有的工会", "valid_from": "2026-03-02"})
    assert 'id="id_union_wrong"' in wrong.content.decode()
    client.post(f"/employers/{mill.pk}/cover/", {"union": office.mill.name, "valid_from": "2026-03-02"})
    assert "它覆盖 1 个单位" in client.get(f"/unions/{office.mill.code}/").content.decode()
    client.post(f"/employers/{mill.pk}/uncover/{office.mill.pk}/")
    assert not Coverage.objects.filter(valid_to=None).exists()


def test_the_list_costs_the_same_however_long_it_is(office: Office, django_assert_max_num_queries: Any) -> None:
    client = client_at(office.town)
    client.get("/employers/")
    for number in range(30):
        register_employer(EmployerFacts(name=f"第{number}公司", place_id=office.town.pk), by=OPERATOR)
    with django_assert_max_num_queries(15):
        client.get("/employers/")


def test_an_employer_s_page_counts_its_members_for_who_may_see_them(office: Office, mill: Employer) -> None:
    client = client_at(office.town)
    assert "nj-cover-more" not in client.get(f"/employers/{mill.pk}/").content.decode()
    attach_union(mill.pk, office.mill.pk, by=OPERATOR, on=DAY)
    page = client.get(f"/employers/{mill.pk}/").content.decode()
    assert "还没有会员" in page
    assert "nj-cover-more" in page
