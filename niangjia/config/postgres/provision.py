"""Roles, database, schema and rights: everything is there after each start, whatever was interrupted before."""

from pathlib import Path

import psycopg
from psycopg import sql

from niangjia.config.postgres.addresses import APP_ROLE, DATABASE, OWNER_ROLE
from niangjia.config.postgres.cluster import connect
from niangjia.config.postgres.secrets import password

# The owner makes tables; the application reads and writes rows. What may not be changed is revoked table by table.
RIGHTS = (
    "CREATE EXTENSION IF NOT EXISTS btree_gist",
    "CREATE SCHEMA IF NOT EXISTS staging AUTHORIZATION {owner}",
    "GRANT CREATE, USAGE ON SCHEMA staging TO {app}",
    "GRANT CREATE, USAGE ON SCHEMA public TO {owner}",
    "GRANT USAGE ON SCHEMA public TO {app}",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT USAGE, SELECT ON SEQUENCES TO {app}",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT EXECUTE ON FUNCTIONS TO {app}",
)


def provision(keep: Path, *, port: int, database: str = DATABASE) -> None:
    """Make the two roles and one database, each only where it is missing."""
    with connect(keep, port=port, database="postgres") as connection:
        for role in (OWNER_ROLE, APP_ROLE):
            _make_role(connection, role, password(keep, role))
        _make_database(connection, database)
    with connect(keep, port=port, database=database) as connection, connection.transaction():
        for statement in RIGHTS:
            connection.execute(sql.SQL(statement).format(owner=sql.Identifier(OWNER_ROLE), app=sql.Identifier(APP_ROLE)))


def _make_role(connection: psycopg.Connection, role: str, secret: str) -> None:
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    verb = sql.SQL("ALTER") if known else sql.SQL("CREATE")
    connection.execute(
        sql.SQL(
            "{} ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD {}"
        ).format(verb, sql.Identifier(role), sql.Literal(secret))
    )  # fmt: skip


def _make_database(connection: psycopg.Connection, database: str) -> None:
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
        return
    connection.execute(
        sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(database), sql.Identifier(OWNER_ROLE))
    )
    # only these two roles come in: what the public may by default is taken away
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(database)))
    connection.execute(
        sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(
            sql.Identifier(database), sql.Identifier(APP_ROLE)
        )
    )
