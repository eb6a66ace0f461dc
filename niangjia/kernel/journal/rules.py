"""What an entry's seal covers, how entries are folded into a block, and what a broken chain looks like."""

import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from math import isfinite
from typing import Any

HASH_BYTES = 32
NO_HASH = bytes(HASH_BYTES)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


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

    jsonb sorts keys by length, knows no whole floats, no exponents, no NUL and no halves of characters; `ValueError` for
    what is no number.
    """
    match value:
        case str():
            return value.encode("utf-8", "replace").decode().replace("\x00", "\ufffd")
        case float():
            return _settled_number(value)
        case dict():
            parts = {settled(str(key)): settled(part) for key, part in value.items()}
            return dict(sorted(parts.items(), key=lambda part: (len(part[0].encode()), part[0])))
        case list() | tuple():
            return [settled(part) for part in value]
        case _:
            return value


def _settled_number(value: float) -> int | float | str:
    if not isfinite(value):
        message = f"{value} is no number that the journal can keep"
        raise ValueError(message)
    if value.is_integer():
        return int(value)
    return value if "e" not in repr(value) else repr(value)


def as_kept(detail: dict[str, Any]) -> str:
    """The text that PostgreSQL makes of a detail."""
    return json.dumps(settled(detail), ensure_ascii=False)


def entry_mac(facts: EntryFacts, *, key: bytes) -> bytes:
    """The keyed seal of one entry: any edited field changes it."""
    at_us = (facts.at - EPOCH) // timedelta(microseconds=1)
    fields = (facts.ref, facts.city, at_us, facts.account_id, facts.author, facts.verb, facts.thing, facts.thing_id)
    return plain_mac((*fields, facts.place_id, as_kept(facts.detail)), key=key)


def plain_mac(fields: Sequence[Any], *, key: bytes) -> bytes:
    """As `entry_mac`, for fields in the order of `EntryFacts` as a query gives them.

    The instant in microseconds since 1970, the detail as its text; texts come with their length, so that none can
    pretend to be two.
    """
    ref, city, at_us, account, author, verb, thing, thing_id, place, detail = fields
    words = f"{len(city)}:{city}|{len(author)}:{author}|{len(verb)}:{verb}|{len(thing)}:{thing}|{detail}"
    return hmac.digest(key, f"{ref}|{at_us}|{account}|{thing_id}|{place}|{words}".encode(), "sha256")


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
