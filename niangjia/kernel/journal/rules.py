"""What an entry's seal covers, how entries are folded into a block, and what a broken chain looks like."""

import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

HASH_BYTES = 32
NO_HASH = bytes(HASH_BYTES)


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


def entry_mac(facts: EntryFacts, *, key: bytes) -> bytes:
    """The keyed seal of one entry: any edited field changes it."""
    plain = [
        facts.ref,
        facts.city,
        facts.at.astimezone(UTC).isoformat(),
        facts.account_id,
        facts.author,
        facts.verb,
        facts.thing,
        facts.thing_id,
        facts.place_id,
        facts.detail,
    ]
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
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


def block_hash(facts: BlockFacts, *, key: bytes) -> bytes:
    """The keyed link: city, number, count, root and the block before."""
    head = f"{facts.city}\x00{facts.number}\x00{facts.entries}\x00".encode()
    return hmac.digest(key, head + facts.previous + facts.root, sha256)
