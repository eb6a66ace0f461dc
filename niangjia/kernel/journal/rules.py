"""What an entry's seal covers, how entries are folded into a block, and what a broken chain looks like."""

import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from math import isfinite
from typing import Any

HASH_BYTES = 32
NO_HASH = bytes(HASH_BYTES)
_as_text = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


@dataclass(frozen=True)
class EntryFacts:
    """What one journal entry (日志条目) says; instants in UTC."""

    ref: str
    city: str
    at: datetime
    account_id: int | None
    author: str
    verb: str
    thing: str
    thing_id: int | None
    place_id: int | None
    detail: dict[str, Any]


def settled(value: Any) -> Any:
    """A value as the database will give it back, so that its seal still fits then.

    jsonb knows no whole floats, no keys but texts, no NUL and no halves of characters; `ValueError` for what is no number.
    """
    match value:
        case str():
            return value.encode("utf-8", "replace").decode().replace("\x00", "\ufffd")
        case float():
            if not isfinite(value):
                message = f"{value} is no number that the journal can keep"
                raise ValueError(message)
            return int(value) if value.is_integer() else value
        case dict():
            return {settled(str(key)): settled(part) for key, part in value.items()}
        case list() | tuple():
            return [settled(part) for part in value]
        case _:
            return value


def entry_mac(facts: EntryFacts, *, key: bytes) -> bytes:
    """The keyed seal of one entry: any edited field changes it."""
    return plain_mac(
        (
            facts.ref,
            facts.city,
            facts.at,
            facts.account_id,
            facts.author,
            facts.verb,
            facts.thing,
            facts.thing_id,
            facts.place_id,
            facts.detail,
        ),
        key=key,
    )


def plain_mac(fields: Sequence[Any], *, key: bytes) -> bytes:
    """As `entry_mac`, for fields in the order of `EntryFacts` as a query gives them."""
    ref, city, at, *rest = fields
    text = _as_text([str(ref), city, at.astimezone(UTC).isoformat(), *rest])
    return hmac.digest(key, text.encode(), sha256)


def merkle_root(leaves: Sequence[bytes]) -> bytes:
    """The root over the entries' seals in order; swapping or dropping one changes it."""
    layer = [sha256(b"\x00" + leaf).digest() for leaf in leaves]
    if not layer:
        return NO_HASH
    while len(layer) > 1:
        if len(layer) % 2:
            layer.append(layer[-1])
        pairs = zip(layer[::2], layer[1::2], strict=True)
        layer = [sha256(b"\x01" + left + right).digest() for left, right in pairs]
    return layer[0]


@dataclass(frozen=True)
class BlockFacts:
    """What one block of the chain binds together."""

    city: str
    number: int
    previous: bytes
    root: bytes
    entries: int
    sealed_at: datetime


def block_hash(facts: BlockFacts, *, key: bytes) -> bytes:
    """The keyed link: city, number, count, instant, root and the block before."""
    at = facts.sealed_at.astimezone(UTC).isoformat()
    head = f"{facts.city}\x00{facts.number}\x00{facts.entries}\x00{at}\x00".encode()
    return hmac.digest(key, head + facts.previous + facts.root, sha256)
