"""A list of unions at the desk: tried, landed, taken back, within one's own subtree alone."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from niangjia.kernel.access.rules import Role
from niangjia.kernel.intake.models import Import, State
from niangjia.kernel.journal.models import Entry
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.tests.office import Office, client_at

pytestmark = pytest.mark.django_db
HEADER = "工会编码,工会名称,上级工会编码,层级\n"


@pytest.fixture
def office() -> Office:
    return Office()


def send(client: Client, text: str, name: str = "名单.csv") -> Any:
    return client.post("/unions/import/", {"file": SimpleUploadedFile(name, text.encode())})


def tried(client: Client, rows: str) -> Import:
    answer = send(client, HEADER + rows)
    assert answer.status_code == 302, answer.content.decode()
    return Import.objects.get(kind="unions")


def test_a_list_is_tried_first_then_lands_and_is_taken_back(office: Office) -> None:
    client = client_at(office.county)
    batch = tried(client, f"N1,新华印刷厂工会,{office.town.code},基层工会\nN2,无上级工会,NOSUCH,基层工会\n")
    page = client.get(f"/unions/imports/{batch.pk}/").content.decode()
    assert (batch.created, batch.rejected, Union.objects.filter(code="N1").exists()) == (1, 1, False)
    assert "核对好了，等您点入库" in page
    assert "无上级工会" in page
    for _click in range(2):
        client.post(f"/unions/imports/{batch.pk}/", {"land": "1"})
    assert Union.objects.get(code="N1").place.parent_id == office.town.pk
    batch.refresh_from_db()
    assert (batch.state, batch.stored_as, Entry.objects.filter(verb="import_unions").count()) == (State.DONE, "", 1)
    client.post(f"/unions/imports/{batch.pk}/", {"undo": "1"})
    batch.refresh_from_db()
    assert (batch.state, Union.objects.filter(code="N1").exists()) == (State.UNDONE, False)


def test_what_is_used_since_stands_against_taking_back(office: Office) -> None:
    client = client_at(office.county)
    batch = tried(client, f"N1,新华印刷厂工会,{office.town.code},基层工会\n")
    client.post(f"/unions/imports/{batch.pk}/", {"land": "1"})
    Union.objects.filter(code="N1").update(phone="0550-1234567")
    page = client.post(f"/unions/imports/{batch.pk}/", {"undo": "1"}).content.decode()
    assert "没有撤销，什么都没有改" in page
    assert "新华印刷厂工会" in page
    assert Union.objects.filter(code="N1").exists()


def test_a_town_brings_in_nothing_outside_itself(office: Office) -> None:
    client = client_at(office.town)
    batch = tried(client, f"N1,外面的工会,{office.park.code},基层工会\n")
    assert (batch.created, batch.rejected) == (0, 1)
    assert client_at(office.park).get(f"/unions/imports/{batch.pk}/").status_code == 404
    assert client_at(office.county).get(f"/unions/imports/{batch.pk}/").status_code == 200


def test_a_list_never_landed_is_thrown_away(office: Office) -> None:
    client = client_at(office.county)
    batch = tried(client, f"N1,新华印刷厂工会,{office.town.code},基层工会\n")
    client.post(f"/unions/imports/{batch.pk}/", {"discard": "1"})
    assert not Import.objects.exists()


def test_a_file_of_no_use_says_why_and_the_form_stays(office: Office) -> None:
    page = send(client_at(office.county), "只有一列\n1\n").content.decode()
    assert "名单.csv：" in page
    assert not Import.objects.exists()


@pytest.mark.parametrize("role", [Role.CHAIR, Role.OFFICER, Role.AUDITOR, Role.SYSTEM_ADMIN])
def test_only_cadres_bring_in_lists(office: Office, role: Role) -> None:
    assert client_at(office.county, role).get("/unions/import/").status_code == 404
