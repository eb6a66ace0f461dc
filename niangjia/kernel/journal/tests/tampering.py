"""Somebody with the owner's rights on the database, whom no trigger stops: every way to falsify the journal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

from django.db import connections
from django.db.backends.utils import CursorWrapper

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.journal.anchors import anchor_file
from niangjia.kernel.journal.services import record, seal_waiting

OPERATOR = Actor.operator()
CITIES = ("349900", "340100")
TABLES = ("entry", "block", "sealing")
ENTRY_CHANGES = {
    "ref": "gen_random_uuid()",
    "city": "'340200'",
    "at": "at + interval '1 microsecond'",
    "account_id": "coalesce(account_id, 0) + 1",
    "author": "author || ' '",
    "verb": "verb || '_'",
    "thing": "thing || '_'",
    "thing_id": "NULL",
    "place_id": "coalesce(place_id, 0) + 1",
    "detail": "detail || '{\"sum\": 1}'",
    "mac": "sha256(mac)",
}
BLOCK_CHANGES = {
    "city": "'340200'",
    "number": "number + 100",
    "sealed_at": "sealed_at - interval '1 second'",
    "entries": "entries + 1",
    "previous": "sha256(previous)",
    "root": "sha256(root)",
    "hash": "sha256(hash)",
}


@contextmanager
def unstopped() -> Iterator[CursorWrapper]:
    """A session of the owner with the triggers taken off for its time, foreign keys included."""
    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute("SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'f'")
        keys = [key for key in cursor.fetchall() if key[0].startswith("journal_")]
        cursor.execute("BEGIN")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE journal_{table} DISABLE TRIGGER USER")
        for table, name in keys:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        yield cursor
        for table in TABLES:
            cursor.execute(f"ALTER TABLE journal_{table} ENABLE TRIGGER USER")
        cursor.execute("COMMIT")


def write(count: int, *, rounds: int = 4) -> None:
    """A journal of two cities with several blocks each, all sealed."""
    for round_number in range(rounds):
        for number in range(count // rounds):
            city = CITIES[number % 3 == 0]
            record(
                "edit",
                by=OPERATOR,
                thing="member",
                thing_id=number + 1,
                place=(city, 7),
                detail={"round": round_number, "姓名": ["王小一", "王小二"], "share": 0.25},
            )
        seal_waiting()


def _pick(cursor: CursorWrapper, random: Random, table: str, *, column: str = "id") -> Any:
    cursor.execute(f"SELECT {column} FROM journal_{table} ORDER BY {column}")
    return random.choice(cursor.fetchall())[0]


def edit_entry(cursor: CursorWrapper, random: Random) -> str:
    column, value = random.choice(sorted(ENTRY_CHANGES.items()))
    cursor.execute(f"UPDATE journal_entry SET {column} = {value} WHERE id = %s", [_pick(cursor, random, "entry")])
    return column


def edit_block(cursor: CursorWrapper, random: Random) -> str:
    column, value = random.choice(sorted(BLOCK_CHANGES.items()))
    cursor.execute(f"UPDATE journal_block SET {column} = {value} WHERE id = %s", [_pick(cursor, random, "block")])
    return column


def delete_entry(cursor: CursorWrapper, random: Random) -> str:
    entry = _pick(cursor, random, "entry")
    cursor.execute("DELETE FROM journal_entry WHERE id = %s", [entry])
    if random.random() < 0.5:
        cursor.execute("DELETE FROM journal_sealing WHERE entry_id = %s", [entry])
    return "entry"


def delete_sealing(cursor: CursorWrapper, random: Random) -> str:
    entry = _pick(cursor, random, "sealing", column="entry_id")
    cursor.execute("DELETE FROM journal_sealing WHERE entry_id = %s", [entry])
    return "sealing"


def move_sealing(cursor: CursorWrapper, random: Random) -> str:
    entry = _pick(cursor, random, "sealing", column="entry_id")
    what = random.choice(
        ["position = position + 10000", "position = -1, block_id = (SELECT max(id) FROM journal_block)"]
    )
    cursor.execute(f"UPDATE journal_sealing SET {what} WHERE entry_id = %s", [entry])
    return what


def swap_contents(cursor: CursorWrapper, random: Random) -> str:
    """All that two entries of one city say, seals and all."""
    columns = ", ".join(ENTRY_CHANGES)
    cursor.execute("SELECT id FROM journal_entry WHERE city = %s ORDER BY id", [random.choice(CITIES)])
    one, other = random.sample([row[0] for row in cursor.fetchall()], 2)
    cursor.execute(
        f"UPDATE journal_entry a SET ({columns}) = (SELECT {columns} FROM journal_entry b"
        " WHERE b.id = CASE a.id WHEN %s THEN %s ELSE %s END) WHERE a.id IN (%s, %s)",
        [one, other, one, one, other],
    )
    return "contents"


def insert_forged(cursor: CursorWrapper, random: Random) -> str:
    """A copy of an entry, as it is or with another verb; sealed into a block by hand or left to be sealed."""
    entry = _pick(cursor, random, "entry")
    verb = random.choice(["verb", "'approve'"])
    cursor.execute(
        "INSERT INTO journal_entry (ref, city, at, account_id, author, verb, thing, thing_id, place_id, detail, mac)"
        f" SELECT ref, city, at, account_id, author, {verb}, thing, thing_id, place_id, detail, mac FROM journal_entry"
        " WHERE id = %s RETURNING id",
        [entry],
    )
    new = cursor.fetchone()[0]
    if random.random() < 0.5:
        cursor.execute(
            "INSERT INTO journal_sealing SELECT %s, block_id, 9999 FROM journal_sealing WHERE entry_id = %s",
            [new, entry],
        )
    return verb


def delete_block(cursor: CursorWrapper, random: Random) -> str:
    block = _pick(cursor, random, "block")
    cursor.execute("DELETE FROM journal_block WHERE id = %s", [block])
    return "block"


def cut_tail(cursor: CursorWrapper, random: Random) -> str:
    """The last blocks of a city, or all of them, with everything in them."""
    city = random.choice(CITIES)
    cursor.execute("SELECT id FROM journal_block WHERE city = %s ORDER BY number", [city])
    blocks = [row[0] for row in cursor.fetchall()]
    cut = blocks[-random.randint(1, len(blocks)) :]
    cursor.execute("SELECT entry_id FROM journal_sealing WHERE block_id = ANY(%s)", [cut])
    entries = [row[0] for row in cursor.fetchall()]
    cursor.execute("DELETE FROM journal_sealing WHERE block_id = ANY(%s)", [cut])
    cursor.execute("DELETE FROM journal_block WHERE id = ANY(%s)", [cut])
    cursor.execute("DELETE FROM journal_entry WHERE id = ANY(%s)", [entries])
    return f"{len(cut)} blocks"


KINDS: tuple[Callable[[CursorWrapper, Random], str], ...] = (
    edit_entry,
    edit_block,
    delete_entry,
    delete_sealing,
    move_sealing,
    swap_contents,
    insert_forged,
    delete_block,
    cut_tail,
)

KEEP = ("journal_waiting", *(f"journal_{table}" for table in TABLES))


def remember() -> None:
    """Keep a copy of the journal beside it."""
    with connections["owner"].cursor() as cursor:
        for table in KEEP:
            cursor.execute(f"CREATE TABLE kept_{table} AS TABLE {table}")


def put_back() -> None:
    """The journal as it was remembered, without the foreign keys that the tampering took off."""
    with unstopped() as cursor:
        for table in reversed(KEEP):
            cursor.execute(f"TRUNCATE {table} CASCADE")
        for table in KEEP[1:]:
            cursor.execute(f"INSERT INTO {table} SELECT * FROM kept_{table}")


__all__ = ["KINDS", "OPERATOR", "anchor_file", "put_back", "remember", "unstopped", "write"]
