"""Every entry read once and its seal recomputed; whole blocks are folded as soon as they are together.

PostgreSQL puts the words under a seal together itself: what is left for this process is one hash and one comparison an entry.
"""

import hmac
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, transaction
from psycopg import Connection

from niangjia.kernel.journal.rules import NO_HASH, merkle_root

FETCH = 5_000
# As `rules.plain_mac` puts them together: texts with their lengths in characters, the instant in microseconds since 1970.
WORDS = """
convert_to(entry.ref || '|' || (extract(epoch FROM entry.at) * 1000000)::bigint || '|' || coalesce(entry.account_id::text, 'None')
  || '|' || coalesce(entry.thing_id::text, 'None') || '|' || coalesce(entry.place_id::text, 'None')
  || '|' || char_length(entry.city) || ':' || entry.city || '|' || char_length(entry.author) || ':' || entry.author
  || '|' || char_length(entry.verb) || ':' || entry.verb || '|' || char_length(entry.thing) || ':' || entry.thing
  || '|' || entry.detail::text, 'UTF8')
"""
EVERY_ENTRY = f"""
SELECT {WORDS}, entry.mac, entry.id, sealing.block_id, sealing.position
FROM journal_entry AS entry LEFT JOIN journal_sealing AS sealing ON sealing.entry_id = entry.id ORDER BY entry.id
"""  # noqa: S608 - texts of this module
SOME_ENTRIES = f"""
SELECT {WORDS}, entry.mac FROM journal_entry AS entry
WHERE id IN (SELECT min(id) FROM journal_entry) OR id IN (SELECT id FROM journal_entry ORDER BY id DESC LIMIT 3)
"""  # noqa: S608 - texts of this module
EVERY_BLOCK = """
SELECT id, city, number, previous, root, entries, sealed_at, hash FROM journal_block ORDER BY city, number
"""


class SealedBlock(NamedTuple):
    """A block as it stands in the database."""

    pk: int
    city: str
    number: int
    previous: bytes
    root: bytes
    entries: int
    sealed_at: datetime
    hash: bytes


@dataclass
class Proof:
    """What the check found: entries checked, violations in words, entries not sealed yet, the anchored heads."""

    checked: int = 0
    waiting: int = 0
    violations: list[dict[str, object]] = field(default_factory=list)
    anchored_to: list[dict[str, object]] = field(default_factory=list)

    def violated(self, code: str, **where: object) -> None:
        """Note one broken place."""
        self.violations.append({"code": code, **where})


class Leaves:
    """The seals of the entries, gathered block by block; a block that has them all is folded at once to its root."""

    def __init__(self, blocks: Iterable[SealedBlock]) -> None:
        self._sizes = {block.pk: block.entries for block in blocks}
        self._held: dict[int, list[tuple[int, bytes]]] = defaultdict(list)
        self._roots: dict[int, bytes] = {}

    def add(self, block_id: int, position: int, mac: bytes) -> None:
        """One entry's seal at its position; blocks made since the check began are left out."""
        size = self._sizes.get(block_id)
        if size is None:
            return
        held = self._held[block_id]
        held.append((position, mac))
        if len(held) == size and block_id not in self._roots:
            self._roots[block_id] = _root(self._held.pop(block_id))

    def fit(self, block: SealedBlock) -> bool:
        """Whether a block holds exactly the entries it was made of, in their order."""
        if block.pk in self._held:  # too few, or one too many
            return False
        return self._roots.get(block.pk, NO_HASH) == block.root


def check_entries(leaves: Leaves, proof: Proof, *, key: bytes) -> None:
    """Recompute the seal of every entry, whatever the size of the journal."""
    digest, add = hmac.digest, leaves.add
    for rows in _pieces(EVERY_ENTRY):
        proof.checked += len(rows)
        for words, mac, pk, block_id, position in rows:
            if digest(key, words, "sha256") != mac:
                proof.violated("entry_altered", entry=pk)
            if block_id is not None:
                add(block_id, position, mac)


def every_block() -> Iterator[SealedBlock]:
    """All blocks, city by city, in their order."""
    for rows in _pieces(EVERY_BLOCK):
        yield from map(SealedBlock._make, rows)


def is_sealed_with(key: bytes) -> bool | None:
    """Whether the first or one of the last entries carries a seal of this key; None where there is no entry."""
    with connection.cursor() as cursor:
        cursor.execute(SOME_ENTRIES)
        sample = cursor.fetchall()
    return any(hmac.digest(key, words, "sha256") == mac for words, mac in sample) if sample else None


def _pieces(statement: str) -> Iterator[list[tuple[Any, ...]]]:
    """The answer piece by piece, in the form that needs no reading."""
    with transaction.atomic():
        connection.ensure_connection()
        server: Connection[Any] = connection.connection
        with server.cursor(name="journal", binary=True) as cursor:
            cursor.execute(statement)
            while rows := cursor.fetchmany(FETCH):
                yield rows


def _root(held: list[tuple[int, bytes]]) -> bytes:
    held.sort()
    in_order = all(place == position for place, (position, _) in enumerate(held))
    return merkle_root([mac for _, mac in held]) if in_order else NO_HASH
