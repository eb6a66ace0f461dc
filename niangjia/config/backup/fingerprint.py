"""What is in the database at one instant: every table's count and a fingerprint of its rows, whatever their order."""

from typing import Any

import psycopg
from psycopg import sql

TABLES = """
SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relpersistence = 'p' ORDER BY 1
"""
ROWS = "SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text FROM {} AS t"
LOCK_TIMEOUT = "SET LOCAL lock_timeout = '20s'"


def tables_of(connection: psycopg.Connection) -> list[str]:
    """Every table that holds something lasting."""
    return [row[0] for row in connection.execute(TABLES).fetchall()]


def fingerprint(connection: psycopg.Connection) -> dict[str, list[Any]]:
    """Count and fingerprint of every table, as this session sees them."""
    found: dict[str, list[Any]] = {}
    for table in tables_of(connection):
        row = connection.execute(sql.SQL(ROWS).format(sql.Identifier(table))).fetchone()
        found[table] = list(row or ())
    return found


def fingerprint_at(
    holder: psycopg.Connection, reader: psycopg.Connection, *, point: str
) -> tuple[dict[str, list[Any]], str]:
    """The fingerprint at a named point of the database's log, and the file of the log that has the point.

    Writers wait for the moment in which the point is set, not while the rows are read.
    """
    names = sql.SQL(", ").join(map(sql.Identifier, tables_of(reader)))
    with reader.transaction():
        with holder.transaction():
            holder.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            holder.execute(LOCK_TIMEOUT)
            holder.execute(sql.SQL("LOCK TABLE {} IN SHARE MODE").format(names))
            row = holder.execute(
                "SELECT pg_export_snapshot(), pg_walfile_name(pg_create_restore_point(%s))", [point]
            ).fetchone()
            snapshot, log_file = row or ("", "")
            reader.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            reader.execute(sql.SQL("SET TRANSACTION SNAPSHOT {}").format(sql.Literal(snapshot)))
            reader.execute("SELECT 1")
        return fingerprint(reader), str(log_file)
