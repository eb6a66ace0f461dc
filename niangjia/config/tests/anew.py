"""After a test with real commits: the rows it wrote are taken away, where rows are all that it changed.

A copy of the whole database costs half a second of two processors; this costs a tenth of it. What a test did to tables
themselves, to rights, or to rows that every database begins with is noticed, and then the database is copied anew.
"""

from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

# What makes up tables, their rules and their rights. A change there is known by the later transaction that made it;
# what tests switch off and on again is compared word by word.
CATALOGS = {
    "xmin::text::bigint": (
        "pg_class", "pg_attribute", "pg_attrdef", "pg_index", "pg_rewrite", "pg_proc", "pg_type", "pg_sequence",
        "pg_default_acl", "pg_extension",
    ),
    "hashtextextended(t::text, 0)": ("pg_trigger", "pg_constraint", "pg_policy"),
}  # fmt: skip
OURS = "relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema')"
FILLED = f"""
SELECT oid::regclass::text FROM pg_class WHERE relkind IN ('r', 'm') AND {OURS} AND pg_relation_size(oid) > 0 ORDER BY 1
"""
STAGED = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'staging'::regnamespace"
COUNTERS = f"SELECT oid, pg_sequence_last_value(oid) FROM pg_class WHERE relkind = 'S' AND {OURS}"
ANALYZED = f"SELECT count(*) FROM pg_statistic JOIN pg_class c ON c.oid = starelid WHERE {OURS}"
SCHEMAS = "SELECT count(*), sum(xmin::text::bigint) FROM pg_namespace WHERE nspname !~ '^pg_(toast_)?temp_'"
# The arguments of setval for a counter that was, or was not, drawn from.
SET_BACK = "SELECT setval(%s::oid::regclass, coalesce(%s, seqstart), %s) FROM pg_sequence WHERE seqrelid = %s::oid"
ALONE = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""


@dataclass(frozen=True)
class AsMade:
    """What a database is like before a test: its tables and rules, the rows it begins with, and its counters."""

    built: tuple[Any, ...]
    rows: dict[str, tuple[Any, ...]]
    counters: dict[int, int | None]


def as_made(connection: psycopg.Connection) -> AsMade:
    """Look at a database that no test has seen yet."""
    return AsMade(
        _built(connection), {table: _rows(connection, table) for table in _filled(connection)}, _counters(connection)
    )


def emptied(connection: psycopg.Connection, before: AsMade) -> bool:
    """Take away what a test has written; False where more than that was changed, and nothing is sure."""
    connection.execute(ALONE)
    for (table,) in connection.execute(STAGED).fetchall():
        connection.execute(sql.SQL("DROP TABLE {} CASCADE").format(sql.Identifier("staging", table)))
    if _built(connection) != before.built:
        return False
    if any(_rows(connection, table) != rows for table, rows in before.rows.items()):
        return False
    written = [table for table in _filled(connection) if table not in before.rows]
    _delete(connection, written)
    for counter, last in _counters(connection).items():
        if last != (first := before.counters[counter]):
            connection.execute(SET_BACK, [counter, first, first is not None, counter])
    return True


def _built(connection: psycopg.Connection) -> tuple[Any, ...]:
    asked = [f"SELECT count(*), sum({of}) FROM {name} t" for of, names in CATALOGS.items() for name in names]
    return tuple(connection.execute(each).fetchone() for each in (*asked, SCHEMAS, ANALYZED))


def _filled(connection: psycopg.Connection) -> list[str]:
    return [name for (name,) in connection.execute(FILLED).fetchall()]


def _rows(connection: psycopg.Connection, table: str) -> tuple[Any, ...]:
    asked = f"SELECT count(*), sum(hashtextextended(t::text, 0)) FROM {table} t"
    return connection.execute(asked).fetchone() or ()


def _counters(connection: psycopg.Connection) -> dict[int, int | None]:
    return dict(connection.execute(COUNTERS).fetchall())


def _delete(connection: psycopg.Connection, tables: list[str]) -> None:
    """Without triggers, and so that the files are empty again: the next test finds rows where it would in a new copy."""
    if not tables:
        return
    with connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")
        for table in tables:
            connection.execute(f"DELETE FROM {table}")
    connection.execute(f"VACUUM {', '.join(tables)}")
