"""The keys that sign codes: one signs, older ones still count, a stolen one counts for nothing any more."""

import os
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.journal.services import record
from niangjia.kernel.sealed import seal, unseal
from niangjia.registers.cards.models import SigningKey
from niangjia.registers.cards.rules.sealed_columns import SIGNING_SECRET
from niangjia.registers.cards.rules.tokens import drawn_key
from niangjia.registers.cards.transactions import locked

SECRET_BYTES = 32


class Signer(NamedTuple):
    """What a code is signed with: the key's number and its secret half, opened for this moment."""

    key: int
    secret: bytes


def published() -> QuerySet[SigningKey]:
    """Every key there was, the newest first: for whoever checks codes."""
    return SigningKey.objects.order_by("-pk")


def keys_that_count() -> dict[int, bytes]:
    """The public halves by number; of a stolen key nothing counts, at once."""
    return {pk: bytes(public) for pk, public in SigningKey.objects.filter(revoked_at=None).values_list("pk", "public")}


def signer() -> Signer:
    """The key that signs now; the very first is drawn when it is needed."""
    key = SigningKey.objects.filter(stopped_at=None).first() or _first()
    return Signer(key.pk, bytes.fromhex(unseal(key.secret_sealed, aad=f"{SIGNING_SECRET}.{key.pk}")))


@transaction.atomic
def rotate(*, by: Actor, is_stolen: bool = False) -> SigningKey:
    """Draw a new key (换签名密钥); codes of the old one still count, unless it was stolen: then its prints die, too."""
    locked("card-keys")
    now = clock.now()
    if is_stolen:
        SigningKey.objects.filter(revoked_at=None, stopped_at__isnull=False).update(revoked_at=now)
    SigningKey.objects.filter(stopped_at=None).update(stopped_at=now, revoked_at=now if is_stolen else None)
    key = _drawn(at=now)
    record("rotate_card_key", by=by, thing="card_key", thing_id=key.pk, detail={"stolen": is_stolen})
    return key


@transaction.atomic
def _first() -> SigningKey:
    locked("card-keys")
    return SigningKey.objects.filter(stopped_at=None).first() or _drawn(at=clock.now())


def _drawn(*, at: datetime) -> SigningKey:
    secret = os.urandom(SECRET_BYTES)
    key = SigningKey.objects.create(public=drawn_key(secret), secret_sealed=b"", drawn_at=at)
    key.secret_sealed = seal(secret.hex(), aad=f"{SIGNING_SECRET}.{key.pk}")
    key.save(update_fields=["secret_sealed"])
    return key
