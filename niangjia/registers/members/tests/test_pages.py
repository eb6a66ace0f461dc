"""Pages of members, seen through the browser's side."""

from typing import Any

import pytest
from django.test import Client

from niangjia.kernel.access.rules import Role
from niangjia.kernel.journal.models import Entry
from niangjia.registers.members.models import Membership, Person, TransferProposal
from niangjia.registers.members.tests.people import CHEN, ID_CHEN, LIU, PHONE_CHEN, a_number, enrol
from niangjia.registers.orgs.tests.office import Office, client_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def chen(office: Office) -> Person:
    return enrol(CHEN, office.mill)


def test_the_list_shows_names_tails_and_masked_phones_and_never_a_whole_number(office: Office, chen: Person) -> None:
    page = client_at(office.town).get("/members/").content.decode()
    for words in ("陈桂兰", "46", ID_CHEN[-4:], "138****2206", "鸿远纺织有限公司工会", "在册"):
        assert words in page
    assert ID_CHEN not in page
    assert PHONE_CHEN not in page


def test_colleagues_of_another_union_do_not_see_her(office: Office, chen: Person) -> None:
    client = client_at(office.park)
    assert "陈桂兰" not in client.get("/members/").content.decode()
    assert "陈桂兰" not in client.get("/members/", {"q": ID_CHEN}).content.decode()
    assert client.get(f"/members/{chen.pk}/").status_code == 404
    assert client.get("/members/999999/").status_code == 404
    assert client.get(f"/members/{chen.pk}/edit/").status_code == 404
    assert client.post(f"/members/{chen.pk}/edit/", CHEN).status_code == 404
    # the negative control: her own line does
    assert client_at(office.town).get(f"/members/{chen.pk}/").status_code == 200


@pytest.mark.parametrize("role", [Role.WORKER, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.AUDITOR])
def test_roles_without_the_right_find_no_such_page(office: Office, chen: Person, role: Role) -> None:
    client = client_at(office.county, role)
    for address in ("/members/", "/members/new/", f"/members/{chen.pk}/", f"/members/{chen.pk}/edit/"):
        assert client.get(address).status_code == 404
    assert Client().get("/members/").status_code == 302


def test_filters_narrow_the_list(office: Office, chen: Person) -> None:
    enrol(LIU | {"sex": "", "migrant": "yes", "occupation": "courier"}, office.plant)
    client = client_at(office.county)
    for asked, names in (
        ({"under": office.town.code}, "陈桂兰"),
        ({"under": "开发区工会"}, "刘秀英"),
        ({"group": "migrant"}, "刘秀英"),
        ({"group": "courier"}, "刘秀英"),
        ({"q": "cgl"}, "陈桂兰"),
        ({"q": ID_CHEN[-4:].lower()}, "陈桂兰"),
    ):
        page = client.get("/members/", asked).content.decode()
        assert names in page, asked
        assert ({"陈桂兰", "刘秀英"} - {names}).pop() not in page, asked
    assert "没有符合条件的" in client.get("/members/", {"state": "retained"}).content.decode()
    assert "没有符合条件的" in client.get("/members/", {"joined": "month"}).content.decode()


def test_the_list_costs_the_same_however_long_it_is(
    office: Office, chen: Person, django_assert_max_num_queries: Any
) -> None:
    client = client_at(office.county)
    client.get("/members/")
    for number in range(1, 30):
        enrol({"name": "王小明", "id_number": a_number("34992119900101", number)}, office.mill)
    with django_assert_max_num_queries(16):
        client.get("/members/")


def test_a_person_is_shown_masked_with_her_memberships_and_changes(office: Office, chen: Person) -> None:
    page = client_at(office.town).get(f"/members/{chen.pk}/").content.decode()
    for words in ("138****2206", "*" * 14 + ID_CHEN[-4:], "2014年5月1日起", "登记了会员", "新入会"):
        assert words in page
    assert ID_CHEN not in page
    assert PHONE_CHEN not in page
    # region, birth date and tail would make the whole number
    assert "1980" not in page


def test_a_member_is_registered_by_hand(office: Office) -> None:
    client = client_at(office.mill, Role.CHAIR)
    answer = client.post("/members/new/", CHEN | {"union": office.mill.name})
    person = Person.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/members/{person.pk}/")
    assert Membership.objects.get().union_id == office.mill.pk


def test_a_mistake_is_told_beside_its_field_and_what_was_typed_stays(office: Office) -> None:
    client = client_at(office.mill)
    wrong = CHEN | {"union": office.mill.code, "id_number": ID_CHEN[:-1], "workplace": "鸿远纺织"}
    page = client.post("/members/new/", wrong).content.decode()
    assert 'id="id_id_number_wrong"' in page
    assert "还差 1 位" in page
    assert 'value="鸿远纺织"' in page
    assert not Person.objects.exists()


def test_who_is_active_elsewhere_is_asked_for_and_the_page_tells_nothing_of_where(office: Office, chen: Person) -> None:
    client = client_at(office.park)
    page = client.post("/members/new/", CHEN | {"union": office.plant.code}).content.decode()
    assert "已经是别的工会的会员" in page
    assert "鸿远" not in page
    assert TransferProposal.objects.get().to_union_id == office.plant.pk


def test_a_member_is_changed_by_hand_and_the_page_of_change_has_no_number_in_it(office: Office, chen: Person) -> None:
    client = client_at(office.mill)
    address = f"/members/{chen.pk}/edit/"
    page = client.get(address).content.decode()
    assert ID_CHEN not in page
    assert PHONE_CHEN not in page
    given = {
        "name": "陈桂兰",
        "sex": "female",
        "birth_on": "1980-03-02",
        "workplace": "鸿远纺织",
        "revision": chen.revision,
    }
    assert client.post(address, given).status_code == 302
    assert "工作单位：（空） → 鸿远纺织" in client.get(f"/members/{chen.pk}/").content.decode()
    assert Entry.objects.filter(verb="edit_member").count() == 1
    assert "别人改过" in client.post(address, given).content.decode()


def test_the_page_of_a_union_counts_its_members(office: Office, chen: Person) -> None:
    page = client_at(office.town).get(f"/unions/{office.town.code}/").content.decode()
    assert "本级和下级在册 1 人" in page
    chair = client_at(office.mill, Role.CHAIR).get(f"/unions/{office.mill.code}/").content.decode()
    assert "本级和下级在册 1 人" in chair


def test_of_who_left_only_what_was_is_shown(office: Office, chen: Person) -> None:
    Membership.objects.filter(person=chen).update(period="[2014-05-01,2026-06-01)", state="left")
    enrol(CHEN | {"joined_on": "", "workplace": "宏达五金"}, office.plant)
    page = client_at(office.town).get(f"/members/{chen.pk}/").content.decode()
    assert "已退会" in page
    assert "138****2206" not in page
    assert "宏达" not in page
    assert "138****2206" not in client_at(office.town, login="again").get("/members/").content.decode()


@pytest.mark.parametrize(
    "asked", ["q=%00", "under=%00", "q=%F0%9F%98%80", "page=-1", "page=99999999999", "sort=99", "sex=%00x", "q=%25"]
)
def test_a_senseless_address_is_answered_all_the_same(office: Office, chen: Person, asked: str) -> None:
    client = client_at(office.county)
    for name in ("members", "unions", "employers"):
        assert client.get(f"/{name}/?{asked}").status_code == 200
    assert client.get("/members/99999999999999999999/").status_code == 404
