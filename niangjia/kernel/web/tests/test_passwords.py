"""Passwords: of one's own, strong, not one of the last, not for ever; a first one by a link that works once."""

from datetime import timedelta

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.http import int_to_base36

from niangjia.kernel import clock
from niangjia.kernel.access import accounts
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.passwords import LINKS, SetPasswordLinks
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.services import NotGranted, open_account
from niangjia.kernel.access.tests.signing_in import PASSWORD, a_place, an_account, open_session, with_codes
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.web import middleware as gate

pytestmark = pytest.mark.django_db
OPERATOR = Actor.operator()
NEW = "纺织 雨水 97 Anhe 河"


def change(client, new=NEW, old=PASSWORD):
    return client.post("/settings/password/", {"oldpassword": old, "password1": new, "password2": new})


def why_refused(password, account):
    try:
        validate_password(password, account)
    except ValidationError as refused:
        return refused.error_list[0].code
    return None


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("Ab1汉", "password_too_short"),
        ("Ab1汉字汉字汉字", "password_too_short"),
        ("Ab1汉字汉字汉字字", None),
        ("纺织雨水九十七河柳林", "password_too_plain"),
        ("weaving9876543", "password_too_plain"),
        ("weavingRain9", None),
        ("柳林镇的细纱车间一到冬天就特别冷", None),
        ("zhoumin2026A", "password_too_similar"),
    ],
)
def test_a_password_is_long_and_mixed_or_a_whole_phrase(password, code):
    assert why_refused(password, an_account("zhoumin2026")) == code


def test_an_administrators_password_is_longer():
    place = a_place()
    assert why_refused("weavRain97", an_account(at=place)) is None
    assert why_refused("weavRain97", an_account("sec", role=Role.SECURITY_ADMIN, at=place)) == "password_too_short"


@pytest.mark.guard("former-passwords", "None of the last five passwords comes back.")
def test_the_last_five_passwords_do_not_come_back():
    account = an_account(password="weavingRain0")
    for number in range(1, 6):
        account.set_password(f"weavingRain{number}")
        account.save()
    assert [why_refused(f"weavingRain{number}", account) for number in range(6)] == [None] + [
        "password_used_before"
    ] * 5
    assert account.former_passwords.count() == 5


@pytest.mark.control("former-passwords")
def test_without_a_memory_the_old_password_comes_back():
    account = an_account(password="weavingRain0")
    account.former_passwords.all().delete()
    assert why_refused("weavingRain0", account) is None


@pytest.mark.guard(
    "password-of-ones-own", "A password that an administrator drew opens nothing but the page that changes it."
)
def test_a_drawn_password_is_changed_before_anything_else(client):
    account, drawn = open_account("he", name="何静", role=Role.CADRE, at=a_place(), by=OPERATOR)
    open_session(client, with_codes(account))
    for address in ("/", "/unions/", "/settings/", "/settings/sessions/"):
        assert client.get(address)["Location"] == "/settings/password/"
    assert client.get("/api/v1/unions").status_code == 401
    open_session(client, account)
    assert "管理员给的" in client.get("/settings/password/").content.decode()
    assert change(client, old=drawn)["Location"] == "/settings/"
    assert client.get("/").status_code == 200


@pytest.mark.control("password-of-ones-own")
def test_without_the_gate_a_drawn_password_opens_the_desk(client, monkeypatch):
    account, _drawn = open_account("he", name="何静", role=Role.CADRE, at=a_place(), by=OPERATOR)
    open_session(client, with_codes(account))
    monkeypatch.setattr(gate, "why_change_password", lambda _account, **_work: None)
    assert client.get("/").status_code == 200


def test_after_ninety_days_a_cadre_changes_the_password_a_worker_need_not(client):
    place = a_place()
    for account, opened in (
        (with_codes(an_account(at=place)), False),
        (an_account("chen", role=Role.WORKER, at=place), True),
    ):
        Account.objects.filter(pk=account.pk).update(password_set_at=clock.now() - timedelta(days=91))
        browser = open_session(Client(), account)
        assert (browser.get("/").status_code == 200) is opened
    Account.objects.update(password_set_at=clock.now() - timedelta(days=89))
    open_session(client, Account.objects.get(login="zhou"))
    assert client.get("/").status_code == 200


def test_a_password_of_ninety_days_is_told_and_changed(client):
    account = with_codes(an_account())
    Account.objects.update(password_set_at=clock.now() - timedelta(days=91))
    open_session(client, account)
    assert "用了三个月" in client.get("/settings/password/").content.decode()
    change(client)
    assert client.get("/").status_code == 200


def test_who_has_no_password_is_led_to_the_settings(client):
    account = an_account("chen", role=Role.WORKER, password=None)
    assert open_session(client, account).get("/settings/password/")["Location"] == "/settings/"


def linked(account):
    return f"/set-password/{int_to_base36(account.pk)}/{accounts.password_link(account, by=OPERATOR)}/"


@pytest.mark.guard("link-once", "A link for setting a password works once, for a day, and until the next one is made.")
def test_a_link_sets_a_password_once(client):
    account = an_account("he", name="何静")
    link = linked(account)
    account.refresh_from_db()
    assert not account.check_password(PASSWORD)
    assert client.get(link)["Location"] == "/set-password/"
    assert "he" in client.get("/set-password/").content.decode()
    assert client.post("/set-password/", {"password1": NEW, "password2": NEW})["Location"] == "/sign-in/"
    account.refresh_from_db()
    assert account.check_password(NEW)
    other = Client()
    other.get(link)
    assert other.get("/set-password/").status_code == 404
    assert other.post("/set-password/", {"password1": "x", "password2": "x"}).status_code == 404
    verbs = list(Entry.objects.filter(thing_id=account.pk).order_by("id").values_list("verb", flat=True))
    assert verbs == ["make_password_link", "set_password"]


@pytest.mark.control("link-once")
def test_a_link_that_was_not_checked_again_would_work_twice(client, monkeypatch):
    account = an_account("he", name="何静")
    link = linked(account)
    monkeypatch.setattr(SetPasswordLinks, "check_token", lambda _self, account, _token: account is not None)
    for password in (NEW, NEW + "二"):
        browser = Client()
        browser.get(link)
        browser.post("/set-password/", {"password1": password, "password2": password})
    account.refresh_from_db()
    assert account.check_password(NEW + "二")


def test_a_link_dies_after_a_day_with_the_next_one_and_with_the_account(client):
    account = an_account("he", name="何静")
    token = accounts.password_link(account, by=OPERATOR)
    account.refresh_from_db()
    assert LINKS.check_token(account, token)
    with clock.at(clock.now() + timedelta(hours=24, seconds=2)):
        assert not LINKS.check_token(account, token)
    accounts.password_link(account, by=OPERATOR)
    account.refresh_from_db()
    assert not LINKS.check_token(account, token)
    newest = accounts.password_link(account, by=OPERATOR)
    accounts.switch_off(account, by=OPERATOR)
    account.refresh_from_db()
    assert not LINKS.check_token(account, newest)


@pytest.mark.parametrize("token", ["", "x", "x-y", "abc-" + "0" * 32])
def test_a_made_up_link_opens_nothing(client, token):
    an_account("he", name="何静")
    client.get(f"/set-password/{int_to_base36(Account.objects.get().pk)}/{token}/" if token else "/set-password/")
    assert client.get("/set-password/").status_code == 404


def test_a_link_stays_out_of_the_log(client, caplog):
    account = an_account("he", name="何静")
    token = accounts.password_link(account, by=OPERATOR)
    client.get(f"/set-password/{int_to_base36(account.pk)}/{token}/")
    assert "/set-password/…" in caplog.text
    assert token not in caplog.text


def test_a_demo_account_gets_no_link():
    with pytest.raises(NotGranted):
        accounts.password_link(an_account(is_demo=True), by=OPERATOR)
