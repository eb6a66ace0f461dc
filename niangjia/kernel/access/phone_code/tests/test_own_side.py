"""A cadre who is a member too, and the phone that opens her own side alone; the demo, whose messages stand on the page."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from niangjia.demo.rules import ANHE
from niangjia.kernel.access.models import Account, Grant
from niangjia.kernel.access.own_side import on_own_side
from niangjia.kernel.access.phone_code import entering, queries
from niangjia.kernel.access.phone_code.models import PhoneCode
from niangjia.kernel.access.phone_code.tests.door import (
    ASKED,
    FAR,
    OTHER_PHONE,
    PHONE,
    asked_for,
    gateway,
    is_inside,
    knock,
    member,
    write,
)
from niangjia.kernel.access.rules import Actor, Right, Role
from niangjia.kernel.access.tests import signing_in
from niangjia.kernel.access.tests.signing_in import BEGAN, PASSWORD, an_account, code_now, with_codes
from niangjia.kernel.places.models import Place
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.tests.office import Office

__all__ = ["gateway"]
pytestmark = pytest.mark.django_db
HERE = {"HTTP_HOST": "127.0.0.1:8000", "REMOTE_ADDR": "127.0.0.1"}
WORK = ("/members/", "/unions/", "/employers/", "/members/imports/")


@pytest.fixture
def zhou(gateway):
    """周敏, cadre of the county and a member of the mill's union."""
    office = Office()
    person = member(office.mill, "周敏")
    return an_account("zhou", at=office.county.place, subject_id=person.pk)


def by_phone(client):
    write(client, knock(client, PHONE))
    return client


def statuses(client):
    return {address: client.get(address, **FAR).status_code for address in WORK}


def sets_up_a_second_factor(client, monkeypatch):
    """Whoever holds the cadre's phone for a minute leaves a second factor of his own behind, and goes to work."""
    by_phone(client)
    client.get("/second-factor/set-up/", **FAR)
    secret = client.session.get("mfa.totp.secret", "")
    if secret:
        monkeypatch.setattr(signing_in, "SECRET", secret)
        client.post("/second-factor/set-up/", {"code": signing_in.code_now()}, **FAR)
    return client.get("/members/", **FAR).status_code


@pytest.mark.guard("phone-opens-own-side-only", "A code to a cadre's phone opens no work, and no way to it.")
def test_a_cadre_s_phone_opens_her_own_side_and_no_work(client, zhou, monkeypatch):
    assert sets_up_a_second_factor(client, monkeypatch) == 404
    assert not Authenticator.objects.exists()
    assert "周敏，您好" in client.get("/", **FAR).content.decode()
    assert set(statuses(client).values()) == {404}


@pytest.mark.control("phone-opens-own-side-only")
def test_without_it_a_minute_with_her_phone_would_open_her_work(client, zhou, monkeypatch):
    for module in ("access.door", "web.own_side"):
        monkeypatch.setattr(f"niangjia.kernel.{module}.came_by_phone", lambda _request: False)
    assert sets_up_a_second_factor(client, monkeypatch) == 200


def test_her_codes_open_no_work_in_a_session_that_her_phone_opened(client, zhou):
    with_codes(zhou)
    by_phone(client)
    for address in ("/second-factor/", "/second-factor/code/", "/second-factor/spare-codes/", "/settings/password/"):
        assert client.get(address, **FAR).status_code == 404
    client.post("/second-factor/code/", {"code": code_now()}, **FAR)
    assert set(statuses(client).values()) == {404}


def test_password_and_code_open_her_work_as_ever(client, zhou):
    with_codes(zhou)
    answer = client.post("/sign-in/", {"login": "zhou", "password": PASSWORD, "code": code_now()}, **FAR)
    assert answer["Location"] == "/"
    assert set(statuses(client).values()) == {200}


def test_the_settings_of_a_worker_offer_no_password_and_no_second_factor(client, zhou):
    page = by_phone(client).get("/settings/", **FAR).content.decode()
    assert "/settings/password/" not in page
    assert "/second-factor/" not in page
    assert "用手机验证码登录" in page


def test_a_member_s_own_side_needs_no_right_and_keeps_the_worker_s():
    rights = (Right(Role.CADRE, 1, "1."), Right(Role.WORKER, 2, "1.2."))
    own = on_own_side(Actor(account_id=7, name="周敏", rights=rights, subject_id=9))
    assert [right.role for right in own.rights] == [Role.WORKER]
    assert (own.account_id, own.subject_id) == (7, 9)


# ── the demo ────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def liu():
    """刘秀英 of the demo county, with her demo account."""
    mill = Office().mill
    Union.objects.update(region_code=ANHE.region_code)
    person = member(mill, "刘秀英", OTHER_PHONE, sequence=418)
    account = with_codes(an_account("liuxiuying", role=None, name="刘秀英", is_demo=True, subject_id=person.pk))
    place = Place.objects.get(pk=mill.pk)
    Grant.objects.create(city="349900", account=account, role="worker", place=place, valid_from=BEGAN)
    return account


def shown_code(client):
    asked_for(client, OTHER_PHONE, **HERE)
    page = client.get(ASKED, **HERE).content.decode()
    assert "演示短信，没有真的发出去" in page
    return page.split("登录验证码 ")[1][:6]


def test_in_the_demo_the_page_shows_the_message_and_the_code_opens_the_worker_s_side(client, liu):
    assert OTHER_PHONE in client.get("/sign-in/", **HERE).content.decode()
    assert write(client, shown_code(client), **HERE)["Location"] == "/"
    assert "刘秀英，您好" in client.get("/", **HERE).content.decode()
    assert client.get("/", **FAR)["Location"].startswith("/sign-in/")


def test_whoever_is_inside_for_the_first_time_in_the_demo_stays_on_this_machine(client, liu):
    member(Union.objects.get(name="鸿远纺织有限公司工会"), "陈桂兰", PHONE)
    asked_for(client, PHONE, **HERE)
    write(client, queries.digits_of(PhoneCode.objects.get()), **HERE)
    assert Account.objects.get(name="陈桂兰").is_demo
    assert client.get("/", **HERE).status_code == 200
    assert client.get("/", **FAR)["Location"].startswith("/sign-in/")
    assert "陈桂兰" not in Client().get("/sign-in/", **HERE).content.decode()


def asks_from_far(client):
    asked_for(client, OTHER_PHONE, **FAR)
    return client.get(ASKED, **FAR)


@pytest.mark.guard(
    "demo-messages-stay-here", "A message is shown on a page only on this machine, and only beside demo data."
)
@pytest.mark.parametrize("beside", ["from far", "a real union", "a gateway"])
def test_nowhere_else_a_message_is_shown(client, liu, settings, beside):
    if beside == "a real union":
        Union.objects.filter(name="开发区工会").update(region_code="340100")
    if beside == "a gateway":
        settings.NIANGJIA_TEXTS = "niangjia.kernel.messages.KeptTexts"
    way = FAR if beside == "from far" else HERE
    answer = asked_for(client, OTHER_PHONE, **way)
    assert not PhoneCode.objects.filter(is_shown=True).exists()
    page = client.get(answer["Location"], **way).content.decode()
    assert "登录验证码" not in page
    assert "演示短信" not in page


@pytest.mark.control("demo-messages-stay-here")
def test_with_the_guard_off_anybody_could_read_the_code_from_far(client, liu, monkeypatch):
    monkeypatch.setattr(entering, "is_on_loopback", lambda _request: True)
    assert "登录验证码" in asks_from_far(client).content.decode()


def test_a_code_that_was_shown_opens_nobody_real(client, liu):
    Account.objects.filter(pk=liu.pk).update(is_demo=False)
    Account.objects.create_account("other", name="何静", is_demo=True, password=PASSWORD)
    asked_for(client, OTHER_PHONE, **HERE)
    code = PhoneCode.objects.first()
    if code is not None:
        write(client, queries.digits_of(code), **HERE)
    assert not is_inside(client)


def test_a_code_that_was_sent_opens_no_demo_account(client, liu, gateway):
    assert write(client, knock(client, OTHER_PHONE, **HERE), **HERE)["Location"] == "/sign-in/phone/unknown/"
    assert not is_inside(client)
