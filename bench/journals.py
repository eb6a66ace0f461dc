"""Made-up journals of any size: entries of several cities with their seals, folded into blocks of a given size."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.journal.anchors import anchor_all
from niangjia.kernel.journal.rules import NO_HASH, BlockFacts, EntryFacts, block_hash, entry_mac, merkle_root
from niangjia.kernel.sealed import keyring

CITIES = ("340100", "340200", "349900")
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
AT_ONCE = 15_000
ENTRIES = """
INSERT INTO journal_entry (ref, city, at, account_id, author, verb, thing, thing_id, place_id, detail, mac)
SELECT * FROM unnest(%s::uuid[], %s::text[], %s::timestamptz[], %s::bigint[], %s::text[], %s::text[], %s::text[],
  %s::bigint[], %s::bigint[], %s::jsonb[], %s::bytea[]) RETURNING id
"""
BLOCKS = """
INSERT INTO journal_block (city, number, previous, root, entries, sealed_at, hash)
SELECT * FROM unnest(%s::text[], %s::bigint[], %s::bytea[], %s::bytea[], %s::int[], %s::timestamptz[], %s::bytea[])
RETURNING id
"""
SEALINGS = """
INSERT INTO journal_sealing (entry_id, block_id, position) SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::int[])
"""
Leaf = tuple[int, bytes]


@beyond(Purpose.SEALING)
def write_journal(entries: int, *, in_block: int) -> None:
    """So many entries, sealed and anchored, as the program would have left them."""
    heads = dict.fromkeys(CITIES, (0, NO_HASH))
    for first in range(0, entries, AT_ONCE):
        with transaction.atomic():
            leaves = _write_entries(range(first, min(first + AT_ONCE, entries)))
            for city, of_city in leaves.items():
                heads[city] = _write_blocks(city, of_city, heads[city], in_block)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_waiting")
    anchor_all()


def _write_entries(numbers: range) -> dict[str, list[Leaf]]:
    """Entries, and their ids and seals by city."""
    key, facts = keyring().journal_key, [_facts(number) for number in numbers]
    macs = [entry_mac(each, key=key) for each in facts]
    columns = [list(column) for column in zip(*(vars(each).values() for each in facts), strict=True)]
    columns[-1] = [Jsonb(detail) for detail in columns[-1]]
    ids = _insert(ENTRIES, [*columns, macs])
    leaves: dict[str, list[Leaf]] = {city: [] for city in CITIES}
    for pk, each, mac in zip(ids, facts, macs, strict=True):
        leaves[each.city].append((pk, mac))
    return leaves


def _facts(number: int) -> EntryFacts:
    return EntryFacts(
        ref=str(UUID(int=number + 1)), city=CITIES[number % 3], at=BEGIN + timedelta(seconds=number),
        account_id=number % 900, author="安禾县总工会 cadre", verb="edit_member", thing="member", thing_id=number,
        place_id=number % 700, detail={"phone": ["138****0001", "138****0002"], "row": number, "name": "王小一"},
    )  # fmt: skip


def _write_blocks(city: str, leaves: list[Leaf], head: tuple[int, bytes], in_block: int) -> tuple[int, bytes]:
    """The leaves of one city folded into blocks behind its head; the new head."""
    number, previous = head
    parts = [leaves[at : at + in_block] for at in range(0, len(leaves), in_block)]
    rows = []
    for part in parts:
        number += 1
        root = merkle_root([mac for _, mac in part])
        facts = BlockFacts(city, number, previous, root, len(part), BEGIN + timedelta(seconds=number))
        previous = block_hash(facts, key=keyring().journal_key)
        rows.append((city, number, facts.previous, root, len(part), facts.sealed_at, previous))
    ids = _insert(BLOCKS, [list(column) for column in zip(*rows, strict=True)])
    sealings = [(pk, block, at) for block, part in zip(ids, parts, strict=True) for at, (pk, _) in enumerate(part)]
    _insert(SEALINGS, [list(column) for column in zip(*sealings, strict=True)])
    return number, previous


def _insert(statement: str, columns: Sequence[list[Any]]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, columns)
        return [row[0] for row in cursor.fetchall()] if cursor.description else []
