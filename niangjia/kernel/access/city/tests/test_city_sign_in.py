"""Signing in by a city's identity, linking and unlinking, against a provider that runs beside the test."""

import hashlib
import json
from base64 import urlsafe_b64encode
from datetime import timedelta
from typing import Any

import jwt
import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, SECP384R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client
from jwt.algorithms import ECAlgorithm, OKPAlgorithm

from niangjia.kernel import clock
from niangjia.kernel.access.city.models import CityIdentity, CityLink
from niangjia.kernel.access.city.queries import identity_of
from niangjia.kernel.access.city.services import link
from niangjia.kernel.access.city.tests.provider import Provider, leave
from niangjia.kernel.access.models import Account, OpenSession
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.stages import CodeStage
from niangjia.kernel.access.tests.signing_in import PASSWORD, an_account, code_now, open_session, with_codes
from niangjia.kernel.access.tries import Locked, count_wrong, hold
from niangjia.kernel.journal.models import Entry

pytestmark = pytest.mark.django_db
ADDRESSES = (
    "/sign-in/city/back/",
    "/sign-in/city/unknown/",
    "/sign-in/city/problem/",
    "/sign-in/city/link/",
    "/sign-in/city/link/abc/",
    "/second-factor/city/",
)


def come_in(client: Any, provider: Provider, **given: str):
    """The whole way: the button, the provider, and back."""
    return client.get(provider.come_back(leave(client, **given)))


def prove_again(client: Any) -> None:
    """The password once more."""
    client.get("/second-factor/city/")
    answer = client.post("/second-factor/password/", {"password": PASSWORD, "next": "/second-factor/city/"})
    assert answer.url == "/second-factor/city/"


def test_without_a_word_there_is_no_button_and_no_address(client: Client):
    assert "/sign-in/city/" not in client.get("/sign-in/").content.decode()
    browser: Any = open_session(Client(), with_codes(an_account("zhou")))
    for address in ADDRESSES:
        assert browser.get(address).status_code == 404, address
    for address in ("/sign-in/city/", "/second-factor/city/link/", "/second-factor/city/unlink/"):
        assert browser.post(address).status_code == 404, address


def test_the_button_leads_to_the_provider_and_back_to_the_page_that_was_wished(provider, cadre, client):
    assert "用临泽市统一身份登录" in client.get("/sign-in/?next=/settings/").content.decode()
    asked = come_in(client, provider, next="/settings/")
    assert asked.url == "/sign-in/code/"
    answer = client.post("/sign-in/code/", {"code": code_now()})
    assert answer.url == "/settings/"
    assert client.get("/settings/").status_code == 200
    assert CityIdentity.objects.get().last_used_at is not None
    assert OpenSession.objects.filter(account=cadre).count() == 1


def test_nothing_is_asked_of_the_provider_but_who_it_is(provider, cadre, client):
    asked = leave(client)
    assert "scope=openid&" in f"{asked}&"
    assert "code_challenge_method=S256" in asked
    client.get(provider.come_back(asked))
    assert provider.asked["/userinfo"] == 0
    linked = CityIdentity.objects.get()
    assert b"u-1001" not in bytes(linked.subject_index)
    kept = str(dict(client.session.items()))
    assert "u-1001" not in kept
    assert "at-1" not in kept


def test_discovery_and_keys_are_asked_for_once(provider, cadre):
    for _each in range(3):
        assert come_in(Client(), provider).url == "/sign-in/code/"
    assert provider.asked["/.well-known/openid-configuration"] == 1
    assert provider.asked["/keys"] == 1


@pytest.mark.parametrize(
    ("key", "algorithm", "hashed"),
    [
        (generate_private_key(SECP256R1()), "ES256", "sha256"),
        (generate_private_key(SECP384R1()), "ES384", "sha384"),
        (Ed25519PrivateKey.generate(), "EdDSA", "sha512"),
    ],
)
def test_other_public_key_signatures_are_taken_with_their_hash(provider, cadre, client, key, algorithm, hashed):
    kind = {"EdDSA": OKPAlgorithm}.get(algorithm, ECAlgorithm)
    public = json.loads(kind.to_jwk(key.public_key())) | {"kid": "two"}
    provider.more_keys = [public, {"kty": "oct", "k": "c2VjcmV0", "kid": "three"}, {"kid": "four"}]
    digest = hashlib.new(hashed, b"at-1").digest()
    provider.claims["at_hash"] = urlsafe_b64encode(digest[: len(digest) // 2]).rstrip(b"=").decode()
    provider.sign = lambda claims: jwt.encode(claims, key, algorithm=algorithm, headers={"kid": "two"})
    assert come_in(client, provider).url == "/sign-in/code/"
    provider.claims["at_hash"] = "b3RoZXI"
    assert come_in(client, provider).url == "/sign-in/city/problem/?why=refused"


@pytest.mark.guard(
    "oidc-second-factor-still-asked",
    "Whoever works here and comes by a city's identity still shows a code, unless the instance believes the provider.",
)
@pytest.mark.parametrize("said", [{}, {"amr": ["pwd", "otp"], "acr": "gold"}])
def test_the_second_factor_is_asked_for(provider, cadre, client, said):
    provider.claims |= said
    assert come_in(client, provider).url == "/sign-in/code/"
    assert client.get("/").url.startswith("/sign-in/")


@pytest.mark.control("oidc-second-factor-still-asked")
def test_without_the_step_the_identity_alone_would_open_the_desk(provider, cadre, client, monkeypatch):
    monkeypatch.setattr(CodeStage, "handle", lambda _stage: (None, True))
    come_in(client, provider)
    assert OpenSession.objects.filter(account=cadre).exists()


@pytest.mark.parametrize("said", [{"acr": "gold"}, {"amr": ["pwd", "otp"]}])
def test_a_second_factor_of_the_city_counts_where_it_is_believed(provider, cadre, client, settings, said):
    settings.NIANGJIA_CITY_DOOR = provider.door(trusted=frozenset({"acr=gold", "amr=otp"}))
    provider.claims |= said
    assert come_in(client, provider).url == "/"
    assert client.get("/").status_code == 200
    methods = [(each["method"], each.get("type")) for each in client.session[AUTHENTICATION_METHODS_SESSION_KEY]]
    assert methods == [("city_identity", None), ("mfa", "city_identity")]


def test_what_is_believed_is_believed_of_nobody_who_was_not_asked(provider, cadre, client, settings):
    settings.NIANGJIA_CITY_DOOR = provider.door(trusted=frozenset({"acr=gold"}))
    provider.claims |= {"acr": "silver", "amr": "acr=gold"}
    assert come_in(client, provider).url == "/sign-in/code/"


def test_a_cadre_without_codes_sets_them_up_first(provider, client):
    account = an_account("zhou")
    link(account, "u-1001", door=provider.door(), by=actor_of(account, on=clock.today()))
    come_in(client, provider)
    assert client.get("/").url == "/second-factor/set-up/"


def test_a_locked_account_stays_locked(provider, cadre, client):
    for _each in range(5):
        try:
            count_wrong(hold("zhou"), "zhou")
        except Locked:
            break
    answer = come_in(client, provider)
    assert answer.url == "/sign-in/"
    assert "先锁一会儿" in client.get("/sign-in/").content.decode()
    assert not OpenSession.objects.exists()


def test_an_account_that_was_switched_off_stays_off(provider, cadre, client):
    Account.objects.filter(pk=cadre.pk).update(is_active=False)
    assert come_in(client, provider).url == "/sign-in/inactive/"
    assert not OpenSession.objects.exists()


def test_signing_out_ends_our_session(provider, cadre, client, settings):
    settings.NIANGJIA_CITY_DOOR = provider.door(trusted=frozenset({"acr=gold"}))
    provider.claims["acr"] = "gold"
    come_in(client, provider)
    client.post("/sign-out/")
    assert not OpenSession.objects.exists()
    assert client.get("/").url.startswith("/sign-in/")


def test_the_owner_links_and_unlinks_after_proving_once_more(provider, client):
    account = with_codes(an_account("zhou"))
    browser: Any = open_session(client, account)
    assert browser.get("/second-factor/city/").url.startswith("/second-factor/password/")
    assert browser.post("/second-factor/city/link/").url == "/second-factor/city/"  # not before it was proved
    prove_again(browser)
    away = browser.post("/second-factor/city/link/").url
    assert browser.get(provider.come_back(away)).url == "/second-factor/city/"
    page = browser.get("/second-factor/city/").content.decode()
    assert "取消关联" in page
    assert "关联好了" in page
    assert identity_of(account, provider.door()) is not None
    assert "关联了统一身份" in browser.get("/settings/sessions/").content.decode()
    other = OpenSession.objects.create(account=account)
    browser.post("/second-factor/city/unlink/")
    assert identity_of(account, provider.door()) is None
    assert not OpenSession.objects.filter(pk=other.pk).exists()
    assert browser.get("/settings/").status_code == 200
    verbs = Entry.objects.filter(thing="account", thing_id=account.pk).values_list("verb", flat=True)
    assert {"link_city_identity", "unlink_city_identity"} <= set(verbs)


def test_a_demo_account_is_not_linked(provider):
    account = with_codes(an_account("demo", is_demo=True))
    browser: Any = open_session(Client(headers={"host": "localhost"}), account)
    prove_again(browser)
    assert "演示账号是大家共用的" in browser.get("/second-factor/city/").content.decode()
    assert browser.post("/second-factor/city/link/").url == "/second-factor/city/"


def by_link(account: Account, admin: Any) -> str:
    """The token of a link that the security administrator makes."""
    page = admin.post(f"/accounts/{account.pk}/do/city-link/").content.decode()
    return page.split("/sign-in/city/link/")[1].split("/")[0]


@pytest.fixture
def admin(provider) -> Client:
    return open_session(Client(), with_codes(an_account("an", role=Role.SECURITY_ADMIN)))


@pytest.fixture
def kept(admin) -> Account:
    """An account in the administrator's places."""
    place = Account.objects.get(login="an").grants.get().place
    return with_codes(an_account("zhou", at=place, place=place))


def test_a_link_of_the_administrator_links_once_and_with_the_owners_code(provider, admin, kept, client):
    token = by_link(kept, admin)
    assert client.get(f"/sign-in/city/link/{token}/").url == "/sign-in/city/link/"
    assert "周敏" in client.get("/sign-in/city/link/").content.decode()
    assert "动态码不对" in client.post("/sign-in/city/link/", {"code": "000000"}).content.decode()
    away = client.post("/sign-in/city/link/", {"code": code_now()}).url
    assert client.get(provider.come_back(away)).url == "/sign-in/"
    assert identity_of(kept, provider.door()) is not None
    assert not OpenSession.objects.filter(account=kept).exists()
    client.get(f"/sign-in/city/link/{token}/")
    assert client.get("/sign-in/city/link/").status_code == 404
    page = admin.get(f"/accounts/{kept.pk}/").content.decode()
    assert "给了一个关联统一身份的链接" in page
    assert "关联了统一身份" in page
    admin.post(f"/accounts/{kept.pk}/do/city-unlink/")
    assert not CityIdentity.objects.exists()
    assert "取消了统一身份的关联" in admin.get(f"/accounts/{kept.pk}/").content.decode()


def test_a_newer_link_and_a_day_end_a_link(provider, admin, kept, client):
    older, newer = by_link(kept, admin), by_link(kept, admin)
    client.get(f"/sign-in/city/link/{older}/")
    assert client.get("/sign-in/city/link/").status_code == 404
    client.get(f"/sign-in/city/link/{newer}/")
    assert client.get("/sign-in/city/link/").status_code == 200
    CityLink.objects.update(made_at=clock.now() - timedelta(days=1))
    assert client.get("/sign-in/city/link/").status_code == 404


def test_without_codes_there_is_no_link_so_that_no_administrator_gets_in_alone(provider, admin, kept):
    admin.post(f"/accounts/{kept.pk}/do/renew/")
    answer = admin.post(f"/accounts/{kept.pk}/do/city-link/", follow=True)
    assert "给不了关联链接" in answer.content.decode()
    assert not CityLink.objects.exists()


def test_only_the_security_administrator_of_the_place_makes_links(provider, kept):
    place = kept.place
    for role in (Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN, Role.CADRE):
        browser = open_session(Client(), with_codes(an_account(f"other-{role.value}", role=role, at=place)))
        assert browser.post(f"/accounts/{kept.pk}/do/city-link/").status_code == 404
        assert browser.post(f"/accounts/{kept.pk}/do/city-unlink/").status_code == 404
    assert not CityLink.objects.exists()
