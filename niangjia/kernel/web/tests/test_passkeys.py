"""Passkeys in a real browser, with an authenticator that the browser plays itself."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from fido2.webauthn import UserVerificationRequirement

from niangjia.kernel.access.models import OpenSession
from niangjia.kernel.access.tests.signing_in import PASSWORD, an_account, open_session, with_codes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def key(desk_page):
    """A passkey device in the browser; `verify(False)` is one that asks for no finger."""
    session = desk_page.context.new_cdp_session(desk_page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    number = session.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": options | {"isUserVerified": True, "automaticPresenceSimulation": True}},
    )["authenticatorId"]

    def verify(isit):
        session.send("WebAuthn.setUserVerified", {"authenticatorId": number, "isUserVerified": isit})

    return verify


@pytest.fixture
def with_passkey(key, visit, desk_page):
    """A cadre who set up a passkey as her second factor, and signed out again."""
    account = an_account("zhou")
    page = visit(desk_page, "/sign-in/#password")
    page.get_by_role("textbox", name="账号").fill("zhou")
    page.get_by_role("textbox", name="密码").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_role("link", name="也可以改用通行密钥").click()
    page.get_by_role("button", name="现在加").click()
    page.get_by_role("heading", name="备用码").wait_for()
    page.goto(page.url.split("/second")[0] + "/")
    page.get_by_role("heading", name="今天", exact=True).wait_for()
    page.context.clear_cookies()
    return account


def test_a_passkey_alone_opens_the_desk(with_passkey, visit, desk_page):
    page = visit(desk_page, "/sign-in/#password")
    page.get_by_role("button", name="用通行密钥登录").click()
    page.get_by_role("heading", name="今天", exact=True).wait_for()
    assert OpenSession.objects.filter(account=with_passkey).exists()


def test_a_passkey_is_the_second_factor_after_the_password(with_passkey, visit, desk_page):
    page = visit(desk_page, "/sign-in/#password")
    page.get_by_role("textbox", name="账号").fill("zhou")
    page.get_by_role("textbox", name="密码").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_role("button", name="用通行密钥").click()
    page.get_by_role("heading", name="今天", exact=True).wait_for()


@pytest.mark.guard(
    "passkey-asks-who", "A passkey opens without a password only where the device has asked for finger, face or PIN."
)
def test_a_passkey_that_asked_nobody_does_not_open(with_passkey, key, visit, desk_page):
    key(False)
    page = visit(desk_page, "/sign-in/#password")
    page.get_by_role("button", name="用通行密钥登录").click()
    page.get_by_text("没有验证成").wait_for()
    assert "/sign-in/" in page.url


@pytest.mark.control("passkey-asks-who")
def test_without_asking_for_verification_it_would_open(with_passkey, key, visit, desk_page, monkeypatch):
    begin = auth.get_server

    def careless():
        server = begin()
        ask = server.authenticate_begin
        server.authenticate_begin = lambda credentials, **_asked: ask(
            credentials, user_verification=UserVerificationRequirement.DISCOURAGED
        )
        return server

    monkeypatch.setattr(auth, "get_server", careless)
    key(False)
    page = visit(desk_page, "/sign-in/#password")
    page.get_by_role("button", name="用通行密钥登录").click()
    page.get_by_role("heading", name="今天", exact=True).wait_for()


def test_a_passkey_is_named_and_removed(with_passkey, visit, desk_page):
    page = visit(desk_page, "/sign-in/#password")
    page.get_by_role("button", name="用通行密钥登录").click()
    page.get_by_role("heading", name="今天", exact=True).wait_for()
    page.goto(page.url + "second-factor/")
    page.get_by_role("link", name="改名").click()
    page.get_by_role("textbox", name="密码").fill(PASSWORD)
    page.get_by_role("button", name="确认").click()
    page.get_by_role("textbox").fill("办公室的电脑")
    page.get_by_role("button", name="保存").click()
    page.get_by_text("办公室的电脑").wait_for()
    page.get_by_role("link", name="删掉").click()
    page.get_by_role("button", name="删掉").click()
    page.wait_for_url("**/second-factor/")
    assert not Authenticator.objects.filter(user=with_passkey, type="webauthn").exists()
    page.goto(page.url.replace("second-factor/", ""))
    page.wait_for_url("**/second-factor/set-up/")


def test_a_bare_number_of_a_network_takes_no_passkey(client):
    open_session(client, with_codes(an_account("zhou")))
    client.post("/second-factor/password/", {"password": PASSWORD}, HTTP_HOST="127.0.0.1")
    page = client.get("/second-factor/passkeys/new/", HTTP_HOST="127.0.0.1").content.decode()
    assert "localhost" in page
    assert "data-passkey" not in page
    client.logout()
    assert "data-passkey" not in client.get("/sign-in/", HTTP_HOST="127.0.0.1").content.decode()


def test_without_scripts_the_page_offers_codes(chromium, visit):
    context = chromium.new_context(java_script_enabled=False)
    page = visit(context.new_page(), "/sign-in/#password")
    assert not page.get_by_role("button", name="用通行密钥登录").is_visible()
    page.get_by_text("用动态码一样能办").wait_for()
    context.close()
