"""What the provider says of itself (discovery) and its public keys; both are kept for an hour."""

from typing import Any

from django.core.cache import cache

from niangjia.kernel.access.city.calls import Calls, ProviderAway
from niangjia.kernel.access.city.rules import CityDoor

DISCOVERY = "/.well-known/openid-configuration"
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
KEPT_SECONDS = 3600
# A key that is not known may be new: then the keys are asked for again, but not for each made-up name.
ASKED_AGAIN_SECONDS = 60


def configuration_of(door: CityDoor) -> dict[str, Any]:
    """The provider's own description; one that speaks for another issuer, or leads elsewhere, is none."""
    return _kept("discovery", door, lambda: _described(door))


def keys_of(door: CityDoor, *, again: bool = False) -> list[dict[str, Any]]:
    """The provider's public keys; `again` asks anew, once a minute at most."""
    if again and cache.add(_name("asked", door), True, ASKED_AGAIN_SECONDS):
        cache.delete(_name("keys", door))
    keys = _kept("keys", door, lambda: _asked(door, configuration_of(door)["jwks_uri"])).get("keys")
    return [key for key in keys if isinstance(key, dict)] if isinstance(keys, list) else []


def _described(door: CityDoor) -> dict[str, Any]:
    said = _asked(door, door.issuer.rstrip("/") + DISCOVERY)
    if said.get("issuer") != door.issuer or not all(door.owns(said.get(name)) for name in ENDPOINTS):
        raise ProviderAway
    # What OpenID Connect takes where nothing is said.
    said.setdefault("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    return said


def _asked(door: CityDoor, address: str) -> dict[str, Any]:
    with Calls(door) as calls:
        response = calls.get(address)
    said = response.json() if response.ok else None
    if not isinstance(said, dict):
        raise ProviderAway
    return said


def _kept(what: str, door: CityDoor, ask: Any) -> dict[str, Any]:
    name = _name(what, door)
    found: dict[str, Any] | None = cache.get(name)
    if found is None:
        found = ask()
        cache.set(name, found, KEPT_SECONDS)
    return found


def _name(what: str, door: CityDoor) -> str:
    return f"city-{what}:{door.issuer}"
