"""Which values are sealed under which key."""

from collections import Counter
from collections.abc import Iterator

from django.db import connection
from psycopg import sql

from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.rotation.rules import Holding
from niangjia.kernel.rotation.statements import ANY, COUNT, Statements
from niangjia.kernel.sealed import key_number, keyring
from niangjia.kernel.sealed.columns import sealed_columns, sealed_files

# Tables of imports under way: they go when the import ends, and are not sealed again.
STAGED = """
SELECT table_name, column_name FROM information_schema.columns
WHERE table_schema = 'staging' AND data_type = 'bytea' AND column_name LIKE '%\\_sealed' ORDER BY 1, 2
"""
OLDEST = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start < %s"


@beyond(Purpose.REKEYING)
def holdings() -> list[Holding]:
    """Every place with sealed values, and the keys they need: columns, rows of imports under way, files."""
    return [*_columns(), *_staged(), *_files()]


def rows_under(number: int) -> dict[str, int]:
    """Where a key is still needed, and for how many values."""
    return {held.name: held.under(number) for held in holdings() if held.under(number)}


@beyond(Purpose.REKEYING)
def is_left() -> bool:
    """Whether anything is sealed under another key than the active one."""
    active = keyring().active
    for column in sealed_columns():
        with connection.cursor() as cursor:
            cursor.execute(Statements(column).text(ANY), {"active": active.to_bytes(2)})
            if cursor.fetchone()[0]:
                return True
    return any(number != active for files in sealed_files() for _, number in files.by_key())


def _columns() -> Iterator[Holding]:
    for column in sealed_columns():
        with connection.cursor() as cursor:
            cursor.execute(Statements(column).text(COUNT))
            yield Holding(column.name, column.kind, _by_key(cursor.fetchall()))


def _staged() -> Iterator[Holding]:
    with connection.cursor() as cursor:
        cursor.execute(STAGED)
        found = cursor.fetchall()
        for table, name in found:
            parts = {"table": sql.Identifier("staging", table), "value": sql.Identifier(name)}
            cursor.execute(sql.SQL(COUNT).format(**parts))
            yield Holding(f"staging.{table}.{name}", "staged", _by_key(cursor.fetchall()))


def _files() -> Iterator[Holding]:
    for files in sealed_files():
        yield Holding(files.name, "file", dict(Counter(number for _, number in files.by_key())))


def _by_key(rows: list[tuple[bytes, int]]) -> dict[int, int]:
    return {key_number(bytes(head)): count for head, count in rows}
