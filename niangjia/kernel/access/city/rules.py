"""What an identity token must say before it opens anything, and when the city's own second factor counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

# 本系统默认值: clocks of two houses differ, and a token is fetched right after it was made.
LEEWAY_SECONDS = 60
OLDEST_SECONDS = 600
LONGEST_SUBJECT = 255


class Problem(StrEnum):
    """Why signing in by the city's identity did not work (城市身份登录的问题), as far as a visitor is told."""

    AWAY = "away"
    REFUSED = "refused"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class CityDoor:
    """The city's identity system as this instance knows it (城市统一身份)."""

    issuer: str
    client: str
    name: str
    secret: str = field(repr=False)
    # `acr=…` and `amr=…`: what the provider says of a second factor that is believed; by default nothing is.
    trusted: frozenset[str] = frozenset()
    # A file of certificates, where the provider's is signed by an authority of the city's own.
    authority: str = ""

    @property
    def origin(self) -> str:
        """Scheme and host of the provider: nothing else is asked, and no page sends a form anywhere else."""
        parts = urlsplit(self.issuer)
        return f"{parts.scheme}://{parts.netloc}"

    def owns(self, address: object) -> bool:
        """Whether an address lies at the provider itself."""
        if not isinstance(address, str):
            return False
        parts = urlsplit(address)
        return f"{parts.scheme}://{parts.netloc}" == self.origin


def why_refused(claims: Mapping[str, Any], *, door: CityDoor, nonce: str, now: datetime) -> str | None:
    """None where a token whose signature is good is meant for us, for this sign-in and for now; else what is wrong."""
    subject = claims.get("sub")
    refusals = {
        "issuer": claims.get("iss") != door.issuer,
        "audience": not _is_for(claims, door.client),
        "nonce": not nonce or claims.get("nonce") != nonce,
        "subject": not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT,
    }
    wrong = next((name for name, is_wrong in refusals.items() if is_wrong), None)
    return wrong or _why_not_now(claims, int(now.timestamp()))


def proves_twice(claims: Mapping[str, Any], door: CityDoor) -> bool:
    """Whether the provider says that it asked for a second factor, in words that this instance believes."""
    methods = claims.get("amr")
    said = {f"amr={method}" for method in methods} if isinstance(methods, list) else set()
    level = claims.get("acr")
    if isinstance(level, str):
        said.add(f"acr={level}")
    return bool(said & door.trusted)


def _is_for(claims: Mapping[str, Any], client: str) -> bool:
    """Whether we are the audience; a token for several names us as the one that asked for it."""
    audience = claims.get("aud")
    meant = audience if isinstance(audience, list) else [audience]
    party = claims.get("azp")
    return client in meant and (party == client or (party is None and len(meant) == 1))


def _why_not_now(claims: Mapping[str, Any], now: int) -> str | None:
    made, ends, begins = claims.get("iat"), claims.get("exp"), claims.get("nbf", 0)
    for value in (made, ends, begins):
        if isinstance(value, bool) or not isinstance(value, int | float):
            return "times"
    if ends <= now - LEEWAY_SECONDS:  # type: ignore[operator]  # a number, see above
        return "expired"
    if max(made, begins) > now + LEEWAY_SECONDS:
        return "future"
    return "stale" if made < now - OLDEST_SECONDS else None  # type: ignore[operator]  # a number, see above
