"""From our page to the provider and back: allauth keeps state and PKCE and exchanges the code, what it leaves out is here."""

from secrets import token_urlsafe
from typing import Any, NamedTuple

import requests
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from niangjia.kernel import clock
from niangjia.kernel.access.city.documents import configuration_of, keys_of
from niangjia.kernel.access.city.rules import CityDoor, Problem, why_refused
from niangjia.kernel.access.city.tokens import Unsigned, claims_of

CITY = "city"
NONCE_BYTES = 32
# What an answer that is not what it should be makes libraries say.
GARBLED = (OAuth2Error, ValueError, TypeError, LookupError, AttributeError, RecursionError)


class Trouble(Exception):
    """Signing in by the city's identity does not work; `problem` is what the visitor is told."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem


class Answer(NamedTuple):
    """What the provider answered for good: who it is, and what was asked when the visitor left."""

    claims: dict[str, Any]
    state: dict[str, Any]


class Steps(OpenIDConnectOAuth2Adapter):
    """allauth's steps with one provider, which comes from the settings."""

    def __init__(self, request: HttpRequest, provider: "Provider") -> None:
        super().__init__(request, CITY)
        self._provider = provider

    def get_provider(self) -> "Provider":
        """The provider."""
        return self._provider

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself."""
        return configuration_of(self._provider.door)

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """Where the provider sends people back to."""
        return str(build_absolute_uri(request, reverse("city_back"), self.redirect_uri_protocol))


class Provider(OpenIDConnectProvider):
    """The city's identity system for allauth: PKCE always, and nothing asked for but who it is."""

    id = CITY

    def __init__(self, request: HttpRequest, door: CityDoor) -> None:
        facts = {"oauth_pkce_enabled": True, "scope": ["openid"]}
        app = SocialApp(provider=CITY, provider_id=CITY, name=door.name, settings=facts)
        app.client_id, app.secret = door.client, door.secret
        super().__init__(request, app=app)
        self.door = door

    def get_oauth2_adapter(self, request: HttpRequest) -> Steps:
        """The steps with this provider."""
        return Steps(request, self)


def go(request: HttpRequest, door: CityDoor, **asked: Any) -> HttpResponse:
    """Send the visitor to the provider; `asked` comes back in the answer's state, which never leaves this server."""
    nonce = token_urlsafe(NONCE_BYTES)
    provider = Provider(request, door)
    try:
        configuration_of(door)
        away: HttpResponse = provider.redirect(request, CITY, auth_params={"nonce": nonce}, nonce=nonce, **asked)
    except (requests.RequestException, *GARBLED) as error:
        raise Trouble(Problem.AWAY) from error
    return away


def came_back(request: HttpRequest, door: CityDoor) -> Answer:
    """Whom the provider vouches for; `Trouble` where anything does not fit. The state is used up, whatever follows."""
    given = request.GET
    state = statekit.unstash_state(request, provider_id=CITY, state_id=given.get("state", ""))
    if state is None or given.get("iss", door.issuer) != door.issuer:
        raise Trouble(Problem.REFUSED)
    if given.get("error") == "access_denied":
        raise Trouble(Problem.CANCELLED)
    code = given.get("code", "")
    if "error" in given or not code:
        raise Trouble(Problem.REFUSED)
    claims = _exchanged(request, door, code, state)
    if why_refused(claims, door=door, nonce=state.get("nonce", ""), now=clock.now()) is not None:
        raise Trouble(Problem.REFUSED)
    return Answer(claims, state)


def _exchanged(request: HttpRequest, door: CityDoor, code: str, state: dict[str, Any]) -> dict[str, Any]:
    """What the token says that a code is exchanged for; access to anything else at the provider is thrown away."""
    provider = Provider(request, door)
    client = provider.get_oauth2_adapter(request)
    try:
        tokens = client.get_client(request, provider.app).get_access_token(
            code, pkce_code_verifier=state["pkce_code_verifier"]
        )
        return claims_of(
            tokens["id_token"],
            keys=lambda again: keys_of(door, again=again),
            access_token=str(tokens["access_token"]),
        )
    except requests.JSONDecodeError as error:
        raise Trouble(Problem.REFUSED) from error
    except requests.RequestException as error:
        raise Trouble(Problem.AWAY) from error
    except (Unsigned, *GARBLED) as error:
        raise Trouble(Problem.REFUSED) from error
