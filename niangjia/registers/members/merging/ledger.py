"""Every row that a merge touches, written down as it was (合并底账): so that both records can be put back exactly."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.db import connection
from psycopg import sql

from niangjia.kernel.sealed import seal, unseal
from niangjia.registers.members.rules.sealed_columns import SEALED_ID, SEALED_PHONE

Row = dict[str, Any]
# What rests sealed in a row that is put back: opened in here, for its key may be another one by then.
SEALED_IN: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "members_person": (("id_sealed", SEALED_ID, "subject_id"), ("phone_sealed", SEALED_PHONE, "subject_id")),
    "members_phoneproposal": (("phone_sealed", SEALED_PHONE, "person_id"),),
}
OPENED = "opened:"
# What the application may not change: the owner says whose it is, in a merge alone.
BY_OWNER = {
    ("privacy_consent", "subject_id"): "SELECT merging_consent_goes(%s, %s, false)",
    ("privacy_consent", "guardian_id"): "SELECT merging_consent_goes(%s, %s, true)",
}
WRITTEN_ONCE = frozenset(table for table, _column in BY_OWNER)


class Touched(NamedTuple):
    """One row that was touched: by which key it is found, what stood in what was changed, the digest of all it held after.

    `after` is empty where the row went: then `before` is all of it.
    """

    table: str
    key: str
    pk: int
    before: Row
    after: str
    quiet: list[str]


class Ledger:
    """Changes rows and remembers them, in the order in which they were changed."""

    def __init__(self, touched: Iterable[Touched] = ()) -> None:
        self.touched = list(touched)

    def rows(self, table: str, column: str, value: int) -> list[Row]:
        """The rows whose column says so, held until the transaction ends."""
        words = sql.SQL("SELECT to_jsonb(t) FROM (SELECT * FROM {table} WHERE {column} = %s ORDER BY 1 {held}) t")
        held = sql.SQL("" if table in WRITTEN_ONCE else "FOR UPDATE")
        named = words.format(table=sql.Identifier(table), column=sql.Identifier(column), held=held)
        return [row for (row,) in _asked(named, [value])]

    def change(
        self, table: str, pk: int, values: Mapping[str, Any], *, key: str = "id", quiet: Sequence[str] = ()
    ) -> None:
        """Write other values into a row."""
        before = _row(table, key, pk)
        _write(table, pk, values, key=key)
        kept = _opened(table, before, {name: before[name] for name in values})
        self.touched.append(Touched(table, key, pk, kept, _digest(_row(table, key, pk), quiet), list(quiet)))

    def remove(self, table: str, pk: int, *, key: str = "id") -> None:
        """A row goes; all of it is remembered."""
        before = _row(table, key, pk)
        _done(sql.SQL("DELETE FROM {} WHERE {} = %s").format(sql.Identifier(table), sql.Identifier(key)), [pk])
        self.touched.append(Touched(table, key, pk, _opened(table, before, before), "", []))

    def changed_since(self) -> list[str]:
        """The tables of rows that are no longer as the merge left them."""
        last = {(each.table, each.pk): each for each in self.touched}
        return [each.table for each in last.values() if not _stands(each)]

    def put_back(self) -> None:
        """Every row as it was, the last one first."""
        for each in reversed(self.touched):
            if each.after:
                _put_back(each)
            else:
                _put_in(each)

    def sealed(self, *, aad: str) -> bytes:
        """All of it, sealed."""
        return seal(json.dumps(self.touched, ensure_ascii=False, separators=(",", ":")), aad=aad)


def opened(sealed: bytes, *, aad: str) -> Ledger:
    """A ledger out of its seal."""
    return Ledger(Touched(*each) for each in json.loads(unseal(sealed, aad=aad)))


@contextmanager
def rewriting(*opening: tuple[str, str]) -> Iterator[None]:
    """Rows that are written once may say in here whose they are (table, trigger); nothing else in them is changed."""
    with connection.cursor() as cursor:
        names = [name for table, trigger in opening for name in _triggers(table, trigger)]
        cursor.execute("SELECT set_config('pgtrigger.ignore', (%s::text[])::text, true)", [names])
        yield
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{}', true)")


def _triggers(table: str, trigger: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND starts_with(tgname, %s)",
            [table, f"pgtrigger_{trigger}_"],
        )
        return [name for (name,) in cursor.fetchall()]


def _asked(words: sql.Composed, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(words, values)
        found = [tuple(row) for row in cursor.fetchall()]
    return [tuple(json.loads(each) if isinstance(each, str) else each for each in row) for row in found]


def _done(words: sql.Composed, values: Sequence[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(words, values)
        if cursor.rowcount != 1:
            message = f"{cursor.rowcount} rows instead of one"
            raise RuntimeError(message)


def _write(table: str, pk: int, values: Mapping[str, Any], *, key: str) -> None:
    if table in WRITTEN_ONCE:
        with connection.cursor() as cursor:
            for column, value in values.items():
                cursor.execute(BY_OWNER[table, column], [pk, value])
        return
    sets = sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(name)) for name in values)
    words = sql.SQL("UPDATE {table} SET {sets} WHERE {key} = %s")
    named = words.format(table=sql.Identifier(table), sets=sets, key=sql.Identifier(key))
    _done(named, [*values.values(), pk])


def _row(table: str, key: str, pk: int) -> Row:
    words = sql.SQL("SELECT to_jsonb(t) FROM {} t WHERE {} = %s").format(sql.Identifier(table), sql.Identifier(key))
    found = _asked(words, [pk])
    row: Row = found[0][0] if found else {}
    return row


def _digest(row: Row, quiet: Sequence[str]) -> str:
    """Of all but what may change by itself: a key that is turned writes sealed bytes anew."""
    told = {name: value for name, value in row.items() if name not in quiet and not name.endswith("_sealed")}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _stands(each: Touched) -> bool:
    row = _row(each.table, each.key, each.pk)
    return _digest(row, each.quiet) == each.after if each.after else not row


def _opened(table: str, row: Row, values: Row) -> Row:
    """Values with the sealed ones opened."""
    kept = dict(values)
    for column, purpose, owner in SEALED_IN.get(table, ()):
        if kept.get(column):
            sealed = bytes.fromhex(str(kept[column]).removeprefix("\\x"))
            kept[column] = OPENED + unseal(sealed, aad=f"{purpose}.{row[owner]}")
    return kept


def _closed(table: str, owner_of: Row, values: Row) -> Row:
    """Values with the opened ones sealed again."""
    kept = dict(values)
    for column, purpose, owner in SEALED_IN.get(table, ()):
        if str(kept.get(column) or "").startswith(OPENED):
            text = str(kept[column]).removeprefix(OPENED)
            kept[column] = "\\x" + seal(text, aad=f"{purpose}.{owner_of[owner]}").hex()
    return kept


def _put_back(each: Touched) -> None:
    if each.table in WRITTEN_ONCE:
        _write(each.table, each.pk, each.before, key=each.key)
        return
    names = sql.SQL(", ").join(map(sql.Identifier, each.before))
    words = sql.SQL(
        "UPDATE {table} SET ({names}) = (SELECT {names} FROM jsonb_populate_record(NULL::{table}, %s::jsonb)) WHERE {key} = %s"
    )
    values = _closed(each.table, _row(each.table, each.key, each.pk) | each.before, each.before)
    _done(
        words.format(table=sql.Identifier(each.table), names=names, key=sql.Identifier(each.key)),
        [json.dumps(values), each.pk],
    )


def _put_in(each: Touched) -> None:
    words = sql.SQL("INSERT INTO {table} SELECT * FROM jsonb_populate_record(NULL::{table}, %s::jsonb)")
    values = _closed(each.table, each.before, each.before)
    _done(words.format(table=sql.Identifier(each.table)), [json.dumps(values)])
