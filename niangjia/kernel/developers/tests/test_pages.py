"""Pages of programs: who sees them, a key is shown once, samples are made from the description."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Role
from niangjia.kernel.developers.samples import operations
from niangjia.kernel.programs.models import Key
from niangjia.registers.orgs.tests.office import Office, client_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return Office()


def asked(office: Office, **more: Any) -> dict[str, Any]:
    last = (clock.today() + timedelta(days=30)).isoformat()
    return {"name": "市政务数据交换", "place": office.town.code, "scopes": ["unions:read"], "last": last, "networks": "", "per_minute": 60} | more  # fmt: skip


def made(client: Client, office: Office) -> tuple[Key, str]:
    page = client.post("/developers/keys/new/", asked(office))
    key = Key.objects.latest("pk")
    text = page.content.decode()
    start = text.index(f"{key.prefix}_")
    return key, text[start : text.index("<", start)]


def test_a_key_is_made_shown_once_used_and_revoked(office: Office) -> None:
    client = client_at(office.county, Role.SECURITY_ADMIN)
    key, text = made(client, office)
    headers = {"Authorization": f"Bearer {text}"}
    assert Client().get("/api/v1/unions", headers=headers).status_code == 200
    for address in ("/developers/keys/", f"/developers/keys/{key.pk}/"):
        page = client.get(address).content.decode()
        assert key.number in page
        assert text not in page
    assert client.post(f"/developers/keys/{key.pk}/revoke/").status_code == 302
    assert Client().get("/api/v1/unions", headers=headers).status_code == 401
    assert "吊销了" in client.get(f"/developers/keys/{key.pk}/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"scopes": []}, "还没有选能做什么"), ({"last": "2099-01-01"}, "密钥最长用 366 天"), ({"last": "2020-01-01"}, "早于今天"),
        ({"networks": "nonsense"}, "不是网络地址"), ({"place": "没有的工会"}, "没有"), ({"name": ""}, "还没有写给什么程序用"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(office: Office, wrong: Any, words: str) -> None:
    page = client_at(office.county, Role.SECURITY_ADMIN).post("/developers/keys/new/", asked(office, **wrong))
    assert words in page.content.decode()
    assert not Key.objects.exists()


def test_who_sees_what(office: Office) -> None:
    key, _text = made(client_at(office.county, Role.SECURITY_ADMIN), office)
    looks, makes = ("/developers/keys/", f"/developers/keys/{key.pk}/"), "/developers/keys/new/"
    for role in (Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN):
        client = client_at(office.county, role)
        assert [client.get(each).status_code for each in (*looks, makes)] == [200, 200, 404]
        assert client.post(f"/developers/keys/{key.pk}/revoke/").status_code == 404
    cadre = client_at(office.county)
    assert cadre.get("/developers/").status_code == 200
    assert [cadre.get(each).status_code for each in (*looks, makes)] == [404, 404, 404]
    assert client_at(office.mill, Role.CHAIR).get("/developers/").status_code == 404
    elsewhere = client_at(office.park, Role.SECURITY_ADMIN, "park")
    assert elsewhere.get(f"/developers/keys/{key.pk}/").status_code == 404
    assert key.name not in elsewhere.get("/developers/keys/").content.decode()
    assert Key.objects.get().revoked_at is None


def test_every_operation_has_a_page_with_samples_that_are_right(office: Office) -> None:
    client = client_at(office.county)
    index = client.get("/developers/").content.decode()
    for operation in operations():
        assert f"/developers/operations/{operation.name}/" in index
        page = client.get(f"/developers/operations/{operation.name}/")
        assert page.status_code == 200
        if operation.scope:
            compile(operation.python("http://testserver"), operation.name, "exec")
            assert "{" not in operation.curl("http://testserver").split("\n")[0]
    assert client.get("/developers/operations/nothing/").status_code == 404


def test_a_list_is_tried_as_oneself_without_a_script(office: Office) -> None:
    client = client_at(office.town)
    page = client.get("/developers/operations/list_unions/").content.decode()
    assert '<form method="get" action="/api/v1/unions"' in page
    tried = client.get("/api/v1/unions?cursor=&limit=50&q=&under=&level=&closed=")
    assert tried.status_code == 200, tried.content
    assert len(tried.json()["items"]) == 2
