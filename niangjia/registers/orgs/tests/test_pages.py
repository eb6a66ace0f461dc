"""Pages of unions, seen through the browser's side."""

import re
from typing import Any

import pytest
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Role
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.rules import Level
from niangjia.registers.orgs.tests.office import Office, client_at, register

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return Office()


def form_of(**more: Any) -> dict[str, Any]:
    return {"name": "新工会", "level": "base", "parent": "", "opened_on": "2026-03-02", **more}


def bare(answer: Any, code: str) -> str:
    """The page without what differs anyway: token and key of its forms, and the address that was asked for."""
    drawn = r'((csrfmiddlewaretoken|idempotency_key)" value=")[^"]*'
    return re.sub(drawn, r"\1", answer.content.decode()).replace(code, "")


def test_the_list_shows_the_tree_of_ones_own_part_and_nothing_else(office: Office) -> None:
    page = client_at(office.town).get("/unions/").content.decode()
    assert "柳林镇总工会" in page
    assert "鸿远纺织有限公司工会" in page
    assert "开发区工会" not in page
    assert "宏达五金" not in page


def test_whoever_has_no_right_to_unions_gets_the_page_that_is_not_there(office: Office) -> None:
    for role in (Role.WORKER, Role.SYSTEM_ADMIN):
        assert client_at(office.county, role).get("/unions/").status_code == 404
    assert Client().get("/unions/").status_code == 302


def test_the_list_is_narrowed_by_place_level_and_words(office: Office) -> None:
    client = client_at(office.county)
    below = client.get("/unions/", {"under": office.town.code}).content.decode()
    assert "鸿远纺织" in below
    assert "宏达五金" not in below
    level = client.get("/unions/", {"level": "town"}).content.decode()
    assert "开发区工会" in level
    assert "/unions/" + office.mill.code not in level
    assert "宏达五金" in client.get("/unions/", {"q": "五金"}).content.decode()
    assert "没有符合条件的" in client.get("/unions/", {"q": "没有这个"}).content.decode()


def test_a_narrowing_by_a_union_of_others_shows_nothing_and_tells_nothing(office: Office) -> None:
    page = client_at(office.town).get("/unions/", {"under": office.park.code}).content.decode()
    assert "开发区" not in page
    assert "没有符合条件的" in page


def test_the_list_costs_the_same_however_long_it_is(office: Office, django_assert_max_num_queries: Any) -> None:
    client = client_at(office.county)
    client.get("/unions/")
    for number in range(30):
        register(f"第{number}工会", Level.BASE, office.town)
    with django_assert_max_num_queries(15):
        client.get("/unions/")


def test_a_union_of_another_line_and_one_that_is_not_there_answer_alike(office: Office) -> None:
    client = client_at(office.town)
    with clock.at(clock.now()):  # pages name the minute
        forbidden, absent = client.get(f"/unions/{office.plant.code}/"), client.get("/unions/34992199999X/")
    assert forbidden.status_code == absent.status_code == 404
    assert bare(forbidden, office.plant.code) == bare(absent, "34992199999X")
    # the negative control: whoever may see it does
    assert client_at(office.park).get(f"/unions/{office.plant.code}/").status_code == 200


def test_a_union_shows_its_line_its_facts_and_what_is_below(office: Office) -> None:
    page = client_at(office.town).get(f"/unions/{office.town.code}/").content.decode()
    for words in ("安禾县总工会", office.town.code, "乡镇街道", "鸿远纺织有限公司工会", "登记了这个工会"):
        assert words in page
    assert f'href="/unions/{office.county.code}/"' not in page


def test_a_union_is_registered_by_hand(office: Office) -> None:
    client = client_at(office.town)
    answer = client.post("/unions/new/", form_of(parent=office.town.code))
    union = Union.objects.get(name="新工会")
    assert (answer.status_code, answer["Location"]) == (302, f"/unions/{union.code}/")
    assert union.place.parent_id == office.town.pk


def test_a_mistake_is_told_beside_its_field_and_what_was_typed_stays(office: Office) -> None:
    client = client_at(office.town)
    page = client.post(
        "/unions/new/", form_of(parent=office.park.code, uscc="81110105MC0123450Q", address="柳林路 8 号")
    ).content.decode()
    assert 'id="id_parent_wrong"' in page
    assert 'value="柳林路 8 号"' in page
    page = client.post("/unions/new/", form_of(parent=office.town.code, uscc="81110105MC0123450Q")).content.decode()
    assert 'id="id_uscc_wrong"' in page
    assert "校验位对不上" in page
    assert not Union.objects.filter(name="新工会").exists()


def test_a_cadre_changes_her_own_union_but_not_where_it_stands(office: Office) -> None:
    client = client_at(office.town)
    address = f"/unions/{office.town.code}/edit/"
    assert 'name="parent"' not in client.get(address).content.decode()
    answer = client.post(
        address, {"name": "柳林镇总工会", "phone": "0554-1234567", "parent": office.park.code, "revision": 1}
    )
    assert answer.status_code == 302
    office.town.refresh_from_db()
    assert office.town.phone == "0554-1234567"
    assert office.town.place.parent_id == office.county.pk


def test_a_chair_may_look_but_not_change(office: Office) -> None:
    client = client_at(office.mill, Role.CHAIR)
    assert client.get(f"/unions/{office.mill.code}/").status_code == 200
    assert client.get(f"/unions/{office.mill.code}/edit/").status_code == 404
    assert client.get("/unions/new/").status_code == 404
    assert client.post(f"/unions/{office.mill.code}/edit/", {"name": "改名工会"}).status_code == 404


def test_two_who_edit_at_once_do_not_overwrite_each_other(office: Office) -> None:
    client = client_at(office.county)
    address = f"/unions/{office.mill.code}/edit/"
    given = {"name": office.mill.name, "parent": office.town.code, "revision": 1}
    assert client.post(address, given | {"phone": "1"}).status_code == 302
    second = client.post(address, given | {"phone": "2"})
    assert second.status_code == 200
    assert "别人改过" in second.content.decode()
    office.mill.refresh_from_db()
    assert office.mill.phone == "1"


def test_a_union_s_page_says_where_it_is_rung_and_who_keeps_it_or_who_does_above(office: Office) -> None:
    client = client_at(office.town, login="chenli")
    Union.objects.filter(pk=office.mill.pk).update(phone="0499-1617186")
    page = client.get(f"/unions/{office.mill.code}/").content.decode()
    assert "0499-1617186" in page
    assert "由柳林镇总工会办" in page
    client_at(office.mill, Role.CHAIR, login="zhang")
    page = client.get(f"/unions/{office.mill.code}/").content.decode()
    assert "工会主席" in page
    assert "由柳林镇总工会办" not in page
