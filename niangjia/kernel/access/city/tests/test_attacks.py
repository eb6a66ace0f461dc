"""Those who should not come in by a city's identity: each is refused, and learns nothing of any account."""

import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.account.adapter import get_adapter as account_adapter
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.internal import jwtkit, statekit
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.test import Client, RequestFactory

from niangjia.config.tests.cheap import busy
from niangjia.kernel.access.city import asking, rules
from niangjia.kernel.access.city.calls import Calls, ProviderAway
from niangjia.kernel.access.city.models import CityIdentity
from niangjia.kernel.access.city.tests.provider import CLIENT, KEYS, LEFT_OUT, SECRET, Provider, leave
from niangjia.kernel.access.models import Account, OpenSession
from niangjia.kernel.access.own_side import PHONE_CODE
from niangjia.kernel.access.tests.signing_in import PASSWORD, an_account, open_session, with_codes

pytestmark = pytest.mark.django_db
REFUSED, AWAY = "/sign-in/city/problem/?why=refused", "/sign-in/city/problem/?why=away"
INSIDE = "/sign-in/code/"
HOUR = 3600


def come_in(client: Any, provider: Provider) -> str:
    return str(client.get(provider.come_back(leave(client))).url)


def is_refused(client: Any, answer: str) -> bool:
    """Whether it was refused with the one page that is the same for everybody, and nobody is in."""
    page = client.get(REFUSED)
    tells = any(word in page.content.decode() for word in ("周敏", "zhou"))
    return answer == REFUSED and page.status_code == 403 and not tells and not OpenSession.objects.exists()


def unsigned(claims: dict[str, Any]) -> str:
    return jwt.encode(claims, None, algorithm="none", headers={"kid": "one"})


def keyed(secret: bytes, *, algorithm: str = "HS256") -> Any:
    """Signed with something that is no private key, as a library that takes any algorithm would believe."""

    def signed(claims: dict[str, Any]) -> str:
        head, body = (jwt.encode(claims, "x" * 32, algorithm=algorithm, headers={"kid": "one"})).split(".")[:2]
        mac = jwt.get_algorithm_by_name(algorithm).sign(f"{head}.{body}".encode(), secret)
        return f"{head}.{body}.{jwt.utils.base64url_encode(mac).decode()}"

    return signed


def crooked(claims: dict[str, Any]) -> str:
    """A good token whose body was changed afterwards."""
    head, _body, mark = jwt.encode(claims, KEYS[0], algorithm="RS256", headers={"kid": "one"}).split(".")
    body = jwt.encode(claims | {"sub": "u-1001", "acr": "gold"}, "x" * 32).split(".")[1]
    return f"{head}.{body}.{mark}"


@pytest.mark.guard(
    "oidc-state-and-nonce",
    "An answer of the city's identity system opens a session only in the browser that asked, once, for that very question.",
)
@pytest.mark.parametrize("state", ["other", "", None, "of-another-browser"])
def test_an_answer_that_this_browser_did_not_ask_for_opens_nothing(provider, cadre, client, state):
    back = provider.come_back(leave(client))
    right = parse_qs(urlsplit(back).query)["state"][0]
    if state == "of-another-browser":
        client, state = Client(), right
    brought = back.replace(f"state={right}", f"state={state}" if state is not None else "x=1")
    assert is_refused(client, client.get(brought).url)
    assert provider.asked["/token"] == 0


@pytest.mark.guard(
    "oidc-state-and-nonce",
    "An answer of the city's identity system opens a session only in the browser that asked, once, for that very question.",
)
@pytest.mark.parametrize("nonce", ["other", "", None, 7, LEFT_OUT])
def test_a_token_made_for_another_question_opens_nothing(provider, cadre, client, nonce):
    provider.claims["nonce"] = nonce
    assert is_refused(client, come_in(client, provider))


@pytest.mark.control("oidc-state-and-nonce")
def test_without_the_nonce_a_token_made_for_another_question_would_open(provider, cadre, client, monkeypatch):
    judged = rules.why_refused
    monkeypatch.setattr(
        asking, "why_refused", lambda claims, **more: judged(claims, **(more | {"nonce": claims.get("nonce")}))
    )
    provider.claims["nonce"] = "other"
    assert come_in(client, provider) == INSIDE


@pytest.mark.control("oidc-state-and-nonce")
def test_without_the_state_a_foreign_answer_would_sign_the_victim_in(provider, cadre, client, monkeypatch):
    foreign = Client()
    back = provider.come_back(leave(foreign))
    stolen = next(iter(foreign.session["socialaccount_states"].values()))[0]
    monkeypatch.setattr(statekit, "unstash_state", lambda *_args, **_more: stolen)
    assert client.get(back).url == INSIDE


def test_an_answer_counts_once(provider, cadre, client):
    back = provider.come_back(leave(client))
    assert client.get(back).url == INSIDE
    assert client.get(back).url == REFUSED
    assert provider.asked["/token"] == 1


def test_a_code_counts_once_with_the_provider_too(provider, cadre, client):
    back = provider.come_back(leave(client))
    code = parse_qs(urlsplit(back).query)["code"][0]
    assert client.get(back).url == INSIDE
    again = parse_qs(urlsplit(leave(client)).query)["state"][0]
    assert client.get(f"/sign-in/city/back/?code={code}&state={again}").url == REFUSED


def test_a_stolen_code_is_worth_nothing_in_another_browser(provider, cadre, client):
    """PKCE: the code belongs to the secret that the browser's own session holds."""
    code = parse_qs(urlsplit(provider.come_back(leave(Client()))).query)["code"][0]
    state = parse_qs(urlsplit(leave(client)).query)["state"][0]
    assert is_refused(client, client.get(f"/sign-in/city/back/?code={code}&state={state}").url)


@pytest.mark.parametrize(
    "lie",
    [
        {"aud": "another-program"},
        {"aud": []},
        {"aud": LEFT_OUT},
        {"aud": [CLIENT, "another-program"]},
        {"aud": [CLIENT, "another-program"], "azp": "another-program"},
        {"azp": "another-program"},
        {"iss": "https://id.example.cn"},
        {"iss": LEFT_OUT},
        {"exp": int(time.time()) - HOUR},
        {"exp": LEFT_OUT},
        {"exp": "never"},
        {"exp": True},
        {"iat": int(time.time()) + HOUR},
        {"iat": int(time.time()) - HOUR},
        {"iat": LEFT_OUT},
        {"nbf": int(time.time()) + HOUR},
        {"sub": ""},
        {"sub": None},
        {"sub": 1001},
        {"sub": LEFT_OUT},
        {"sub": "u" * 256},
        {"at_hash": "bm90IHRoYXQgdG9rZW4"},
    ],
)
def test_a_token_that_is_not_meant_for_us_and_now_opens_nothing(provider, cadre, client, lie):
    provider.claims |= lie
    assert is_refused(client, come_in(client, provider))


@pytest.mark.parametrize(
    "sign",
    [
        unsigned,
        keyed(SECRET.encode()),
        crooked,
        lambda _claims: "a.b.c",
        lambda _claims: None,
        lambda _claims: {"sub": "u-1001"},
        lambda claims: jwt.encode(claims, KEYS[1], algorithm="RS256", headers={"kid": "one"}),
        lambda claims: jwt.encode(claims, KEYS[1], algorithm="RS256", headers={"kid": "two"}),
        lambda claims: jwt.encode(claims, KEYS[0], algorithm="RS256", headers={"kid": "one", "crit": ["b64"]}),
        lambda claims: jwt.encode(claims, KEYS[0], algorithm="PS256", headers={"kid": "one"}),
    ],
)
def test_a_token_that_the_provider_did_not_sign_opens_nothing(provider, cadre, client, sign):
    provider.sign = sign
    assert is_refused(client, come_in(client, provider))


def test_the_public_key_signs_nothing(provider, cadre, client):
    provider.sign = keyed(provider.public_pem())
    assert is_refused(client, come_in(client, provider))


def test_a_made_up_key_makes_us_ask_for_keys_once_a_minute(provider, cadre, client):
    provider.sign = lambda claims: jwt.encode(claims, KEYS[1], algorithm="RS256", headers={"kid": "two"})
    for _each in range(4):
        assert come_in(client, provider) == REFUSED
    assert provider.asked["/keys"] <= 2


def test_allauth_alone_takes_a_token_that_nobody_signed(provider):
    """Why signatures are checked here: allauth trusts whatever comes from the token endpoint."""
    claims = {"iss": provider.issuer, "aud": CLIENT, "sub": "u-1001", "exp": int(time.time()) + 300}
    taken = jwtkit.verify_and_decode(
        credential=unsigned(claims),
        keys_url=f"{provider.issuer}/keys",
        issuer=provider.issuer,
        audience=CLIENT,
        lookup_kid=jwtkit.lookup_kid_jwk,
        verify_signature=False,
    )
    assert taken["sub"] == "u-1001"


def test_userinfo_of_somebody_else_is_not_even_asked_for(provider, cadre, client):
    provider.person = "u-2002"
    assert come_in(client, provider) == "/sign-in/city/unknown/"
    assert provider.asked["/userinfo"] == 0


@pytest.mark.guard(
    "oidc-never-makes-accounts",
    "An identity that nobody linked opens no account and makes none, whatever name or mail address comes with it.",
)
def test_an_unknown_identity_makes_no_account_and_is_nobody(provider, cadre, client):
    provider.person = "u-2002"
    provider.claims |= {
        "email": "zhou@example.cn",
        "email_verified": True,
        "preferred_username": "zhou",
        "name": "周敏",
        "phone_number": "1",
    }
    before = Account.objects.count()
    assert come_in(client, provider) == "/sign-in/city/unknown/"
    page = client.get("/sign-in/city/unknown/")
    assert "还没有关联账号" in page.content.decode()
    assert "周敏" not in page.content.decode()
    assert Account.objects.count() == before
    assert not OpenSession.objects.exists()
    assert client.get("/").url.startswith("/sign-in/")


@pytest.mark.control("oidc-never-makes-accounts")
def test_the_usual_way_would_make_an_account(provider, cadre, client, monkeypatch):
    """allauth as it comes, with signing up left open, makes an account of an identity it never saw."""
    for adapter in (type(get_adapter()), type(account_adapter())):
        monkeypatch.setattr(adapter, "is_open_for_signup", lambda *_args: True)
    request = RequestFactory().get("/sign-in/city/back/")
    request.session, request.user = client.session, AnonymousUser()
    stranger = asking.Provider(request, provider.door())
    before = Account.objects.count()
    found = stranger.sociallogin_from_response(
        request, {"id_token": {"sub": "u-2002", "preferred_username": "stranger"}}
    )
    complete_social_login(request, found)
    assert Account.objects.count() == before + 1


@pytest.mark.parametrize("wished", ["https://example.cn/", "//example.cn", "javascript:alert(1)", "/\\example.cn"])
def test_nobody_is_sent_on_to_another_place(provider, cadre, client, wished, settings):
    settings.NIANGJIA_CITY_DOOR = provider.door(trusted=frozenset({"acr=gold"}))
    provider.claims["acr"] = "gold"
    assert client.get(provider.come_back(leave(client, next=wished))).url == "/"


def test_parameters_of_a_visitor_do_not_reach_the_provider(provider, client):
    asked = client.post("/sign-in/city/?auth_params=prompt%3Dnone&scope=email&process=connect", {"process": "connect"})
    assert "prompt" not in asked.url
    assert parse_qs(urlsplit(asked.url).query)["scope"] == ["openid"]


def signed_in(client: Client, account: Account) -> Any:
    """A browser in which the owner has just proved who she is."""
    open_session(client, account)
    client.get("/second-factor/city/")
    client.post("/second-factor/password/", {"password": PASSWORD})
    return client


def test_an_identity_of_somebody_else_is_not_taken_over(provider, cadre, client):
    other = with_codes(an_account("liu", name="刘红"))
    browser = signed_in(client, other)
    browser.get(provider.come_back(browser.post("/second-factor/city/link/").url))
    page = browser.get("/second-factor/city/").content.decode()
    assert "已经关联在别的账号上" in page
    assert "周敏" not in page
    assert CityIdentity.objects.get().account_id == cadre.pk


def test_an_account_takes_no_second_identity(provider, cadre, client):
    browser = signed_in(client, cadre)
    provider.person = "u-2002"
    browser.get(provider.come_back(browser.post("/second-factor/city/link/").url))
    assert "已经关联了一个统一身份" in browser.get("/second-factor/city/").content.decode()
    assert CityIdentity.objects.count() == 1


def test_a_foreign_page_cannot_link(provider):
    """Neither by a form of its own, nor with an answer that it brings along: the victim's browser asked for neither."""
    victim = with_codes(an_account("zhou"))
    browser = signed_in(Client(enforce_csrf_checks=False), victim)
    strict: Any = Client(enforce_csrf_checks=True)
    strict.cookies = browser.cookies
    for address in ("/second-factor/city/link/", "/second-factor/city/unlink/", "/sign-in/city/"):
        assert strict.post(address).status_code == 403, address
    foreign = signed_in(Client(), with_codes(an_account("liu", name="刘红")))
    answer = provider.come_back(foreign.post("/second-factor/city/link/").url)
    assert strict.get(answer).url == REFUSED
    assert not CityIdentity.objects.exists()


def test_whoever_signed_in_meanwhile_is_not_linked(provider, client):
    browser = signed_in(client, with_codes(an_account("liu", name="刘红")))
    answer = provider.come_back(browser.post("/second-factor/city/link/").url)
    kept = browser.session["socialaccount_states"]
    open_session(browser, with_codes(an_account("zhou")))
    session = browser.session
    session["socialaccount_states"] = kept
    session.save()
    assert browser.get(answer).url == REFUSED
    assert not CityIdentity.objects.exists()


def test_a_phone_links_nothing(provider, client):
    account = an_account("zhou", role=None)
    browser: Any = open_session(client, account)
    session = browser.session
    session["account_authentication_methods"] = [{"method": PHONE_CODE, "at": time.time(), "reauthenticated": True}]
    session.save()
    assert browser.get("/second-factor/city/").status_code == 404
    assert browser.post("/second-factor/city/link/").status_code == 404


def test_signing_in_does_not_link_and_linking_does_not_sign_in(provider, client):
    account = with_codes(an_account("zhou"))
    browser = signed_in(client, account)
    assert browser.get(provider.come_back(leave(browser))).url == "/sign-in/city/unknown/"
    assert not CityIdentity.objects.exists()
    assert browser.get("/settings/").status_code == 200


@pytest.mark.parametrize("given", ["error=server_error", "error=login_required&error_description=zhou", ""])
def test_an_answer_without_a_code_is_refused(provider, client, given):
    state = parse_qs(urlsplit(leave(client)).query)["state"][0]
    assert is_refused(client, client.get(f"/sign-in/city/back/?state={state}&{given}").url)


def test_whoever_cancels_there_is_back_at_the_door(provider, client):
    state = parse_qs(urlsplit(leave(client)).query)["state"][0]
    assert client.get(f"/sign-in/city/back/?state={state}&error=access_denied").url == "/sign-in/"
    assert "您在统一身份那边取消了" in client.get("/sign-in/").content.decode()


def test_an_answer_of_another_issuer_is_refused(provider, cadre, client):
    back = provider.come_back(leave(client))
    mixed = back.rpartition("&iss=")[0] + "&iss=https://id.example.cn"
    assert client.get(mixed).url == REFUSED


@pytest.mark.parametrize(
    "lie",
    [
        {"issuer": "https://id.example.cn"},
        {"token_endpoint": "https://id.example.cn/token"},
        {"jwks_uri": "https://id.example.cn/keys"},
        {"jwks_uri": None},
        {"authorization_endpoint": "https://id.example.cn/authorize"},
    ],
)
def test_a_description_that_leads_elsewhere_is_none(provider, client, lie):
    provider.discovery |= lie
    assert leave(client) == AWAY


@pytest.mark.parametrize(
    "says",
    [
        (302, {"Location": "http://127.0.0.1:1/"}, b""),
        (200, {}, b"x" * 300_000),
        (200, {}, b"[1]"),
        (200, {}, b"<html>"),
        (200, {}, b"[" * 200_000),
        (200, {"Content-Type": ""}, b"{}"),
        (500, {}, b"{}"),
        (404, {}, b"{}"),
    ],
)
def test_a_provider_that_talks_nonsense_is_away_and_the_door_says_so(provider, cadre, client, says):
    back = provider.come_back(leave(client))
    provider.says = says
    assert client.get(back).url in {AWAY, REFUSED}
    cache.clear()
    assert leave(client) == AWAY
    page = client.get(AWAY)
    assert page.status_code == 503
    assert "现在连不上" in page.content.decode()
    assert not OpenSession.objects.exists()


def test_a_provider_that_is_gone_or_slow_is_waited_for_five_seconds_at_most(provider, client):
    provider.delay = 20.0
    began = time.monotonic()
    assert leave(client) == AWAY
    assert time.monotonic() - began < min(5.0 * busy(), provider.delay)


def test_an_answer_that_drips_is_not_waited_for(provider, client):
    provider.drips = 0.5
    began = time.monotonic()
    assert leave(client) == AWAY
    assert time.monotonic() - began < 6.0 * busy()


def test_nothing_but_the_provider_is_asked(provider):
    with pytest.raises(ProviderAway):
        Calls(provider.door()).get("http://127.0.0.1:1/")
