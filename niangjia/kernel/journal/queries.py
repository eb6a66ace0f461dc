"""Prove the journal: recompute every seal, every block and every link, and hold the heads against the anchors.

What is read first was written last: an anchor is younger than its block, a block than its entries. So whatever is added
while the proof runs is left for the next one, and never looks like a broken chain.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Count, Max, Q

from niangjia.kernel import clock
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.journal.entries import Leaves, Proof, SealedBlock, check_entries, every_block, is_sealed_with
from niangjia.kernel.journal.models import Anchored, Block, Entry
from niangjia.kernel.journal.rules import NO_HASH, BlockFacts, block_hash
from niangjia.kernel.sealed import KeysMissing, has_keyring, keyring

OTHER_KEYS = "these are not the keys that this database was written with: restore them from the backup of the keys"
NO_KEYS = "this database was written with keys, and the folder of keys is empty: restore them from their backup"
Anchors = dict[str, list[tuple[int, str, str]]]
# A block's anchor is written right after the block; this long a chain may be without its first one.
ANCHORED_WITHIN = timedelta(minutes=1)


@dataclass(frozen=True)
class Minute:
    """A head as it was printed in minutes or handed to the union above (锚): city, block and its hash."""

    city: str
    number: int
    hash: str


@beyond(Purpose.PROVING)
def verify(minutes: Iterable[Minute] = ()) -> Proof:
    """Check the whole journal of every city, and hold it against heads that were printed."""
    proof = Proof()
    written = dict(Anchored.objects.values_list("city", "number"))
    anchors = _anchors(proof)
    chains: dict[str, list[SealedBlock]] = {city: [] for city in (*written, *anchors)}
    for block in every_block():
        chains.setdefault(block.city, []).append(block)
    leaves = Leaves(block for chain in chains.values() for block in chain)
    check_entries(leaves, proof, key=keyring().journal_key)
    _check_doubles(proof)
    _check_list_of_work(proof)
    young = clock.now() - ANCHORED_WITHIN
    for city, chain in sorted(chains.items()):
        _check_chain(city, chain, leaves, proof)
        if not anchors.get(city) and city not in written and all(block.sealed_at > young for block in chain):
            continue  # its first block was sealed a moment ago, and its line is on the way to the file
        _check_anchor(city, chain, anchors.get(city, []), proof)
        _check_loss(city, anchors.get(city, []), written.get(city, 0), proof)
    _check_minutes(chains, minutes, proof)
    return proof


def heads() -> list[dict[str, object]]:
    """The newest block of every city, to be printed in minutes."""
    newest = Block.objects.order_by("city", "-number").distinct("city")
    return [
        {"city": block.city, "number": block.number, "hash": bytes(block.hash).hex(), "sealed_at": block.sealed_at}
        for block in newest
    ]


def refuse_other_keys() -> None:
    """`KeysMissing` where the journal was written with keys that are not here: new ones would make every person a stranger."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('journal_entry')")
        if cursor.fetchone()[0] is None:
            return
    with beyond(Purpose.PROVING):
        _refuse_other_keys()


def _refuse_other_keys() -> None:
    if not has_keyring():
        if Entry.objects.exists():
            raise KeysMissing(NO_KEYS)
    elif is_sealed_with(keyring().journal_key) is False:
        raise KeysMissing(OTHER_KEYS)


def _check_doubles(proof: Proof) -> None:
    doubled = Entry.objects.values("mac").annotate(times=Count("id"), last=Max("id")).filter(times__gt=1)
    for last in doubled.order_by("last").values_list("last", flat=True):
        proof.violated("entry_doubled", entry=last)


def _check_list_of_work(proof: Proof) -> None:
    """An entry without a block must at least be on the list of those that wait for one."""
    unsealed = Entry.objects.filter(sealing=None).order_by("id").annotate(is_listed=Q(waiting__isnull=False))
    for pk, is_listed in unsealed.values_list("id", "is_listed"):
        proof.waiting += 1
        if not is_listed:
            proof.violated("never_sealed", entry=pk)


def _check_chain(city: str, chain: list[SealedBlock], leaves: Leaves, proof: Proof) -> None:
    key, previous, number = keyring().journal_key, NO_HASH, 0
    for block in chain:
        number += 1
        where = {"city": city, "block": block.number}
        if block.number != number:
            proof.violated("block_missing", city=city, block=number)
            number = block.number
        facts = BlockFacts(city, number, block.previous, block.root, block.entries, block.sealed_at)
        if block_hash(facts, key=key) != block.hash:
            proof.violated("block_altered", **where)
        if not leaves.fit(block):
            proof.violated("entries_differ", **where)
        if facts.previous != previous:
            proof.violated("chain_broken", **where)
        previous = block.hash


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


def _check_anchor(city: str, chain: list[SealedBlock], lines: list[tuple[int, str, str]], proof: Proof) -> None:
    if not lines:
        proof.violated("anchor_missing", city=city)
        return
    hashes = {block.number: block.hash.hex() for block in chain}
    for number, digest, _ in lines:
        if number not in hashes:
            proof.violated("tail_cut", city=city, block=number)
        elif hashes[number] != digest:
            proof.violated("rewritten", city=city, block=number)
    number, _, at = lines[-1]
    proof.anchored_to.append({"city": city, "block": number, "at": at})


def _check_loss(city: str, lines: list[tuple[int, str, str]], written: int, proof: Proof) -> None:
    """Anchors that were written once and are not in the file any more; they come back by an operator's word alone."""
    there = {number for number, _, _ in lines}
    lost = [number for number in range(1, max(written, *there, 0) + 1) if number not in there]
    if lines and lost:
        proof.violated("anchor_missing", city=city, block=lost[0], lines=len(lost))


def _check_minutes(chains: dict[str, list[SealedBlock]], minutes: Iterable[Minute], proof: Proof) -> None:
    for minute in minutes:
        found = {block.number: block.hash.hex() for block in chains.get(minute.city, [])}
        if found.get(minute.number) != minute.hash:
            code = "rewritten" if minute.number in found else "tail_cut"
            proof.violated(code, city=minute.city, block=minute.number, minutes=minute.hash)


__all__ = ["Minute", "Proof", "heads", "refuse_other_keys", "verify"]
