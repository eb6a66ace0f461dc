"""Make a key, which is shown once; know it again at the door; count how often it comes; revoke it at once."""

import hmac
import secrets
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import ceil

from django.db import transaction
from django.db.models import Min, Q

from niangjia.kernel import clock
from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.access.rules import Actor, Right, Role
from niangjia.kernel.access.services import check
from niangjia.kernel.chinese import Reason
from niangjia.kernel.journal.services import record
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.queries import place_names
from niangjia.kernel.programs.models import Key, KeyUse
from niangjia.kernel.programs.queries import standing_of
from niangjia.kernel.programs.rules import (
    KEEP_PROGRAMS,
    REQUESTS_PER_MINUTE,
    WINDOW,
    Program,
    comes_from,
    program_of,
    role_for,
    why_no_key,
)
from niangjia.kernel.sealed import blind

THING = "programs.key"
MARK, SECRET_BYTES, PREFIX_BYTES = "njk", 32, 4
FINGERPRINT = "programs-key"
# So that a key that does not exist costs the same look as one that does.
NO_KEY = bytes(16)
NOTED_EVERY = timedelta(minutes=10)


class KeyRefused(Exception):
    """The key is not made; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


@dataclass(frozen=True)
class KeyWish:
    """What a key is to be: its name, what it opens, until when, from which networks, how often."""

    name: str
    scopes: frozenset[str]
    last: date
    networks: list[str] = field(default_factory=list)
    per_minute: int = REQUESTS_PER_MINUTE


@transaction.atomic
def make_key(wish: KeyWish, *, at: Place, by: Actor) -> tuple[Key, str]:
    """Make a key for a place (发密钥); answers it with its text, which is kept nowhere. `KeyRefused` where it may not be."""
    check(by, KEEP_PROGRAMS, at.path)
    reason = why_no_key(wish.scopes, first=clock.today(), last=wish.last)
    if reason is not None:
        raise KeyRefused(reason)
    prefix = f"{MARK}_{secrets.token_hex(PREFIX_BYTES)}"
    text = f"{prefix}_{secrets.token_urlsafe(SECRET_BYTES)}"
    key = Key.objects.create(
        city=at.city,
        place=at,
        name=wish.name,
        prefix=prefix,
        key_blind=blind(FINGERPRINT, text),
        scopes=sorted(wish.scopes),
        role=role_for(wish.scopes).value,
        networks=wish.networks,
        per_minute=wish.per_minute,
        made_by_id=by.account_id,
        expires_on=wish.last,
    )
    detail = {"key": key.number, "scopes": key.scopes, "last": str(wish.last)}
    record("make_key", by=by, thing=THING, thing_id=key.pk, place=(at.city, at.pk), detail=detail)
    return key, text


@transaction.atomic
def revoke_key(key: Key, *, by: Actor) -> None:
    """Revoke a key (吊销): at its next request it opens nothing."""
    check(by, KEEP_PROGRAMS, key.place.path)
    held = Key.objects.select_for_update(of=("self",)).get(pk=key.pk)
    if held.revoked_at is None:
        held.revoked_at = clock.now()
        held.save(update_fields=["revoked_at"])
        place = (held.city, held.place_id)
        record("revoke_key", by=by, thing=THING, thing_id=held.pk, place=place, detail={"key": held.number})


@beyond(Purpose.DOOR)
def known(text: str, *, address: str) -> Program | None:
    """The program that comes with this key, from this network address; None where it opens nothing, whatever the reason."""
    prefix = "_".join(text.split("_")[:2])
    key = Key.objects.select_related("place").filter(prefix=prefix).first()
    fits = hmac.compare_digest(bytes(key.key_blind) if key else NO_KEY, blind(FINGERPRINT, text))
    if key is None or not fits or standing_of(key) != "at_work" or not comes_from(address, key.networks):
        return None
    _note_use(key)
    name = place_names([key.place_id]).get(key.place_id, "")
    at = Right(Role(key.role), key.place_id, key.place.path, name)
    return program_of(key.pk, scopes=frozenset(key.scopes), at=at)


@beyond(Purpose.DOOR)
def seconds_to_wait(program: Program) -> int:
    """Count a request of a program: 0 where its key's limit is kept, else how many seconds to wait."""
    now = clock.now()
    key = Key.objects.only("per_minute").get(pk=program.key_id)
    lately = KeyUse.objects.filter(key=key, at__gt=now - WINDOW)
    if lately.count() < key.per_minute:
        KeyUse.objects.create(key=key, at=now)
        return 0
    first = lately.aggregate(first=Min("at"))["first"]
    return max(1, ceil((first + WINDOW - now).total_seconds()))


@beyond(Purpose.DOOR)
def forget_uses() -> int:
    """Uses that no limit asks for any more are forgotten; tells how many."""
    return KeyUse.objects.filter(at__lte=clock.now() - WINDOW).delete()[0]


def _note_use(key: Key) -> None:
    now = clock.now()
    rested = Q(last_used_at=None) | Q(last_used_at__lt=now - NOTED_EVERY)
    Key.objects.filter(rested, pk=key.pk).update(last_used_at=now)
