"""Pages of webhooks: who sees them, a secret is shown once, every step from the page, a second question before the last."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from niangjia.kernel.access.rules import Role
from niangjia.kernel.webhooks.models import Delivery, Subscription
from niangjia.kernel.webhooks.queries import secrets_of
from niangjia.kernel.webhooks.rules import EVENT_WORDS
from niangjia.registers.orgs.tests.office import Office, client_at

pytestmark = pytest.mark.django_db
LIST, NEW = "/developers/webhooks/", "/developers/webhooks/new/"
STEPS = ("try", "rotate", "stop", "start", "remove")


@pytest.fixture
def office() -> Office:
    return Office()


def asked(office: Office, **more: Any) -> dict[str, Any]:
    given = {
        "name": "市政务数据交换",
        "place": office.town.code,
        "address": "https://example.org/hook",
        "events": ["union.changed"],
    }
    return given | more


def made(client: Client, office: Office) -> tuple[Subscription, str]:
    page = client.post(NEW, asked(office)).content.decode()
    hook = Subscription.objects.latest("pk")
    start = page.index("whsec_")
    return hook, page[start : page.index("<", start)]


def test_a_webhook_is_added_and_its_secret_is_shown_once(office: Office) -> None:
    client = client_at(office.county, Role.SECURITY_ADMIN)
    assert "还没有推送" in client.get(LIST).content.decode()
    hook, secret = made(client, office)
    assert secrets_of(hook) == [secret.replace("&#x2B;", "+").replace("&#x3D;", "=")]
    for address in (LIST, f"{LIST}{hook.pk}/"):
        page = client.get(address).content.decode()
        assert hook.number in page
        assert "whsec_" not in page
    assert hook.place_id == office.town.pk


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"events": []}, "还没有选通知哪些事"), ({"events": ["all"]}, "all"), ({"address": "http://example.org/"}, "https:// 开头"),
        ({"address": "https://u:p@example.org/"}, "不能带用户名"), ({"place": "没有的工会"}, "没有"), ({"name": ""}, "还没有写推给什么程序"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_lost(office: Office, settings: Any, wrong: Any, words: str) -> None:
    settings.NIANGJIA_WEBHOOK_LOCAL = False
    page = client_at(office.county, Role.SECURITY_ADMIN).post(NEW, asked(office, **wrong)).content.decode()
    assert words in page
    assert not Subscription.objects.exists()


def test_every_step_from_the_page(office: Office) -> None:
    client = client_at(office.county, Role.SECURITY_ADMIN)
    hook, secret = made(client, office)
    page = f"{LIST}{hook.pk}/"
    assert client.post(f"{page}try/").status_code == 302
    assert "等发送" in client.get(page).content.decode()
    assert Delivery.objects.get().event == "webhook.test"
    renewed = client.post(f"{page}rotate/").content.decode()
    assert "whsec_" in renewed
    assert secret not in renewed
    assert "旧的签名密钥用到" in client.get(page).content.decode()
    assert client.post(f"{page}stop/").status_code == 302
    stopped = client.get(page).content.decode()
    assert "停用了" in stopped
    assert "推送停了，没有再发" in stopped
    assert "先重新启用" in client.post(f"{page}try/", follow=True).content.decode()
    assert client.post(f"{page}start/").status_code == 302
    assert "nj-confirm" in client.get(page).content.decode(), "removing asks a second time"
    assert client.post(f"{page}remove/").status_code == 302
    assert client.get(page).status_code == 404


def test_who_sees_what(office: Office) -> None:
    hook, _secret = made(client_at(office.county, Role.SECURITY_ADMIN), office)
    page = f"{LIST}{hook.pk}/"
    for role in (Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN):
        client = client_at(office.county, role)
        assert [client.get(each).status_code for each in (LIST, page, NEW)] == [200, 200, 404]
        assert "换签名密钥" not in client.get(page).content.decode()
        assert {client.post(f"{page}{step}/").status_code for step in STEPS} == {404}
    cadre = client_at(office.county)
    assert [cadre.get(each).status_code for each in (LIST, page, NEW)] == [404, 404, 404]
    elsewhere = client_at(office.park, Role.SECURITY_ADMIN, "park")
    assert elsewhere.get(page).status_code == 404
    assert {elsewhere.post(f"{page}{step}/").status_code for step in STEPS} == {404}
    assert hook.name not in elsewhere.get(LIST).content.decode()
    assert Subscription.objects.get().state == "active"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_event_is_told_on_the_page_for_programmers(office: Office, language: str) -> None:
    client = client_at(office.county)
    page = client.get("/developers/", headers={"Accept-Language": language}).content.decode()
    assert "webhook-signature" in page
    with translation.override(language):
        for event, words in EVENT_WORDS.items():
            assert event.value in page
            assert language == "en" or words in page
