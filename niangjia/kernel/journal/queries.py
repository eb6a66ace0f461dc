"""Prove the journal: recompute every seal, every block and every link, and hold the heads against the anchors.

What is read first was written last: an anchor is younger than its block, a block than its entries. So whatever is added
while the proof runs is left for the next one, and never looks like a broken chain.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, Max, Q

from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.journal.models import Block, Entry
from niangjia.kernel.journal.rules import NO_HASH, BlockFacts, block_hash, merkle_root, plain_mac
from niangjia.kernel.sealed import KeysMissing, has_keyring, keyring

FETCH = 5_000
# In the order that `plain_mac` takes them, in forms that need no reading: a million entries in a few seconds.
COVERED = """
SELECT entry.ref::text, entry.city, (extract(epoch FROM entry.at) * 1000000)::bigint, entry.account_id, entry.author,
       entry.verb, entry.thing, entry.thing_id, entry.place_id, entry.detail::text, entry.id, entry.mac,
"""
EVERY_ENTRY = f"""{COVERED} sealing.block_id, sealing.position
FROM journal_entry AS entry LEFT JOIN journal_sealing AS sealing ON sealing.entry_id = entry.id ORDER BY entry.id
"""
SOME_ENTRIES = f"""{COVERED} 0 FROM journal_entry AS entry
WHERE id IN (SELECT min(id) FROM journal_entry) OR id IN (SELECT id FROM journal_entry ORDER BY id DESC LIMIT 3)
"""  # noqa: S608 - texts of this module
OTHER_KEYS = "these are not the keys that this database was written with: restore them from the backup of the keys"
NO_KEYS = "this database was written with keys, and the folder of keys is empty: restore them from their backup"
Anchors = dict[str, list[tuple[int, str, str]]]


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

    def __init__(self, blocks: Iterable[Block]) -> None:
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

    def fit(self, block: Block) -> bool:
        """Whether a block holds exactly the entries it was made of, in their order."""
        if block.pk in self._held:  # too few, or one too many
            return False
        return self._roots.get(block.pk, NO_HASH) == bytes(block.root)


@beyond(Purpose.PROVING)
def verify() -> Proof:
    """Check the whole journal of every city."""
    proof = Proof()
    anchors = _anchors(proof)
    chains: dict[str, list[Block]] = {city: [] for city in anchors}
    for block in Block.objects.order_by("city", "number").iterator(FETCH):
        chains.setdefault(block.city, []).append(block)
    leaves = Leaves(block for chain in chains.values() for block in chain)
    _check_entries(leaves, proof)
    _check_list_of_work(proof)
    for city, chain in sorted(chains.items()):
        _check_chain(city, chain, leaves, proof)
        _check_anchor(city, chain, anchors.get(city, []), proof)
    return proof


def refuse_other_keys() -> None:
    """`KeysMissing` where the journal was written with keys that are not here: new ones would make every person a stranger."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('journal_entry')")
        if cursor.fetchone()[0] is None:
            return
    with beyond(Purpose.PROVING), connection.cursor() as cursor:
        cursor.execute(SOME_ENTRIES)
        sample = cursor.fetchall()
    if not sample:
        return
    if not has_keyring():
        raise KeysMissing(NO_KEYS)
    key = keyring().journal_key
    if not any(plain_mac(fields, key=key) == mac for *fields, _, mac, _ in sample):
        raise KeysMissing(OTHER_KEYS)


def _root(held: list[tuple[int, bytes]]) -> bytes:
    held.sort()
    in_order = all(place == position for place, (position, _) in enumerate(held))
    return merkle_root([mac for _, mac in held]) if in_order else NO_HASH


def _check_entries(leaves: Leaves, proof: Proof) -> None:
    key = keyring().journal_key
    for *covered, pk, mac, block_id, position in _every_entry():
        proof.checked += 1
        if plain_mac(covered, key=key) != mac:
            proof.violated("entry_altered", entry=pk)
        if block_id is not None:
            leaves.add(block_id, position, mac)
    doubled = Entry.objects.values("mac").annotate(times=Count("id"), last=Max("id")).filter(times__gt=1)
    for last in doubled.order_by("last").values_list("last", flat=True):
        proof.violated("entry_doubled", entry=last)


def _every_entry() -> Iterator[tuple[Any, ...]]:
    """The whole journal, entry by entry, whatever its size."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(EVERY_ENTRY)
        while rows := cursor.fetchmany(FETCH):
            yield from rows


def _check_list_of_work(proof: Proof) -> None:
    """An entry without a block must at least be on the list of those that wait for one."""
    unsealed = Entry.objects.filter(sealing=None).order_by("id").annotate(is_listed=Q(waiting__isnull=False))
    for pk, is_listed in unsealed.values_list("id", "is_listed"):
        proof.waiting += 1
        if not is_listed:
            proof.violated("never_sealed", entry=pk)


def _check_chain(city: str, chain: list[Block], leaves: Leaves, proof: Proof) -> None:
    key, previous, number = keyring().journal_key, NO_HASH, 0
    for block in chain:
        number += 1
        where = {"city": city, "block": block.number}
        if block.number != number:
            proof.violated("block_missing", city=city, block=number)
            number = block.number
        facts = BlockFacts(city, number, bytes(block.previous), bytes(block.root), block.entries, block.sealed_at)
        if block_hash(facts, key=key) != bytes(block.hash):
            proof.violated("block_altered", **where)
        if not leaves.fit(block):
            proof.violated("entries_differ", **where)
        if facts.previous != previous:
            proof.violated("chain_broken", **where)
        previous = bytes(block.hash)


def _anchors(proof: Proof) -> Anchors:
    """The lines of every anchor file, by city."""
    found: Anchors = {}
    for path in sorted(Path(settings.NIANGJIA_ANCHORS).glob("journal-*.txt")):
        lines = found.setdefault(path.stem.removeprefix("journal-"), [])
        for place, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
            parts = line.split(" ")
            if len(parts) == 3 and parts[0].isdecimal():
                lines.append((int(parts[0]), parts[1], parts[2]))
            else:
                proof.violated("anchor_unreadable", file=path.name, line=place)
    return found


def _check_anchor(city: str, chain: list[Block], lines: list[tuple[int, str, str]], proof: Proof) -> None:
    if not lines:
        proof.violated("anchor_missing", city=city)
        return
    hashes = {block.number: bytes(block.hash).hex() for block in chain}
    for number, digest, _ in lines:
        if number not in hashes:
            proof.violated("tail_cut", city=city, block=number)
        elif hashes[number] != digest:
            proof.violated("rewritten", city=city, block=number)
    number, _, at = lines[-1]
    proof.anchored_to.append({"city": city, "block": number, "at": at})
