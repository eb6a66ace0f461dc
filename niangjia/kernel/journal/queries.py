"""Prove the journal: recompute every seal, every block and every link, and hold the head against the anchor."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from niangjia.kernel.journal.anchors import anchor_file
from niangjia.kernel.journal.models import Block, Entry, Sealing
from niangjia.kernel.journal.rules import NO_HASH, BlockFacts, EntryFacts, block_hash, entry_mac, merkle_root
from niangjia.kernel.sealed import keyring

FETCH = 5_000


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


def verify() -> Proof:
    """Check the whole journal of every city."""
    proof = Proof()
    _check_entries(proof)
    for city in Block.objects.order_by("city").values_list("city", flat=True).distinct():
        hashes = _check_chain(city, proof)
        _check_anchor(city, hashes, proof)
    return proof


def _check_entries(proof: Proof) -> None:
    key = keyring().journal_key
    for entry in Entry.objects.select_related("sealing").order_by("id").iterator(FETCH):
        proof.checked += 1
        if entry_mac(facts_of(entry), key=key) != bytes(entry.mac):
            proof.violated("entry_altered", entry=entry.pk)
        if not hasattr(entry, "sealing"):
            proof.waiting += 1


def facts_of(entry: Entry) -> EntryFacts:
    """The entry as its seal covers it."""
    names = ("city", "at", "account_id", "author", "verb", "thing", "thing_id", "place_id", "detail")
    return EntryFacts(ref=str(entry.ref), **{name: getattr(entry, name) for name in names})


def _check_chain(city: str, proof: Proof) -> dict[int, bytes]:
    key, previous, number, hashes = keyring().journal_key, NO_HASH, 0, {}
    leaves = _leaves(city)
    for block in Block.objects.filter(city=city).order_by("number").iterator(FETCH):
        number += 1
        if block.number != number:
            proof.violated("block_missing", city=city, block=number)
            number = block.number
        macs = leaves.get(block.pk, [])
        facts = BlockFacts(city, block.number, bytes(block.previous), merkle_root(macs), len(macs))
        if facts.entries != block.entries or facts.root != bytes(block.root):
            proof.violated("entries_differ", city=city, block=block.number)
        elif block_hash(facts, key=key) != bytes(block.hash):
            proof.violated("block_altered", city=city, block=block.number)
        if facts.previous != previous:
            proof.violated("chain_broken", city=city, block=block.number)
        previous = hashes[block.number] = bytes(block.hash)
    return hashes


def _leaves(city: str) -> dict[int, list[bytes]]:
    sealings = Sealing.objects.filter(block__city=city).order_by("block_id", "position")
    rows: Iterator[tuple[int, bytes | memoryview]] = sealings.values_list("block_id", "entry__mac").iterator(FETCH)
    return {block_id: [bytes(mac) for _, mac in group] for block_id, group in groupby(rows, key=lambda row: row[0])}


def _check_anchor(city: str, hashes: dict[int, bytes], proof: Proof) -> None:
    path = anchor_file(city)
    if not path.exists():
        proof.violated("anchor_missing", city=city)
        return
    number, at = 0, ""
    for line in path.read_text(encoding="ascii").splitlines():
        word, digest, at = line.split(" ")
        number = int(word)
        if number not in hashes:
            proof.violated("tail_cut", city=city, block=number)
        elif hashes[number].hex() != digest:
            proof.violated("rewritten", city=city, block=number)
    proof.anchored_to.append({"city": city, "block": number, "at": at})
