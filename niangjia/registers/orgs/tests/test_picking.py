"""A field finds the union that is meant, within one's rights, with and without scripts."""

import re
from typing import Any

import pytest
from django.test import Client

from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import an_account
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.tests.office import Office, client_at

pytestmark = pytest.mark.django_db
TYPED = {"name": "新车间分会", "level": "branch", "opened_on": "2026-03-02", "address": "柳林路 8 号"}


@pytest.fixture
def office() -> Office:
    return Office()


def picked(client: Client, words: str, path: str = "unions/register_union") -> str:
    answer = client.post(f"/pick/{path}/", {"words": words})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("words", ["鸿远", "纺织 鸿远", "hyfz", "hongyuan"])
def test_a_union_is_found_by_part_of_its_name_pinyin_and_initials(office: Office, words: str) -> None:
    page = picked(client_at(office.county), words)
    assert f'data-value="{office.mill.code}"' in page
    assert "柳林镇总工会" in page  # what tells it from others of the name
    assert office.plant.name not in page


def test_a_union_is_found_by_its_code(office: Office) -> None:
    assert office.plant.name in picked(client_at(office.county), office.plant.code)


@pytest.mark.guard(
    "picker-within-rights", "A field that finds unions offers those alone where one may do what the form does."
)
def test_nobody_is_offered_what_lies_outside_her_rights(office: Office) -> None:
    page = picked(client_at(office.town), "有限公司")
    assert office.mill.name in page
    assert office.plant.name not in page
    chair = client_at(office.mill, Role.CHAIR)
    assert office.mill.name not in picked(chair, "鸿远")  # a chair registers no unions
    assert office.mill.name in picked(chair, "鸿远", "member-unions/edit_members")
    assert chair.post("/pick/unions/no_such_move/", {"words": "鸿远"}).status_code == 404
    assert chair.post("/pick/nothing/see_unions/", {"words": "鸿远"}).status_code == 404
    assert Client().post("/pick/unions/see_unions/", {"words": "鸿远"}).status_code == 302
    assert chair.get("/pick/unions/see_unions/").status_code == 405


@pytest.mark.control("picker-within-rights")
def test_the_words_alone_would_find_unions_everywhere(office: Office) -> None:
    assert Union.objects.filter(name__icontains="有限公司").count() == 2
    assert office.plant.name in picked(client_at(office.county), "有限公司")


def test_what_was_picked_is_sent_by_its_code_and_shown_by_its_name(office: Office) -> None:
    client = client_at(office.county)
    kept = {"parent": office.mill.name, "parent-value": office.mill.code, "parent-shown": office.mill.name}
    wrong = client.post("/unions/new/", {**TYPED, **kept, "name": ""}).content.decode()
    assert re.search(rf'name="parent" value="{office.mill.name}"', wrong)
    assert f'name="parent-value" value="{office.mill.code}"' in wrong
    client.post("/unions/new/", {**TYPED, **kept})
    assert Union.objects.get(name="新车间分会").place.parent_id == office.mill.pk


def test_words_typed_over_what_was_picked_count_as_they_stand(office: Office) -> None:
    client = client_at(office.county)
    kept = {"parent-value": office.mill.code, "parent-shown": office.mill.name, "parent": office.plant.code}
    client.post("/unions/new/", {**TYPED, **kept})
    assert Union.objects.get(name="新车间分会").place.parent_id == office.plant.pk


def test_without_scripts_the_form_comes_back_with_what_was_found_and_all_that_was_typed(office: Office) -> None:
    client = client_at(office.county)
    asked: dict[str, Any] = {**TYPED, "parent": "鸿远", "_find": "parent"}
    page = client.post("/unions/new/", asked).content.decode()
    assert "您找的是" in page
    assert f'type="radio" name="parent-chosen" value="{office.mill.code}"' in page
    assert "柳林路 8 号" in page
    assert "is-invalid" not in page
    assert not Union.objects.filter(name="新车间分会").exists()
    client.post("/unions/new/", {**TYPED, "parent": "鸿远", "parent-chosen": office.mill.code})
    assert Union.objects.get(name="新车间分会").place.parent_id == office.mill.pk
    nothing = client.post("/unions/new/", {**asked, "parent": "没有这个"}).content.decode()
    assert "没有找到" in nothing


def test_a_role_is_handed_down_to_somebody_found_by_her_name(office: Office) -> None:
    account = an_account("chenli", role=Role.OFFICER, at=office.town.place)
    page = picked(client_at(office.county), account.name[:1], "receivers/delegate_role")
    assert 'data-value="chenli"' in page
    assert 'data-value="chenli"' not in picked(client_at(office.park), account.name[:1], "receivers/delegate_role")
