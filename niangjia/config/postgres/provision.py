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
        if not database_exists(connection, database):
            make_database(connection, database)
    with connect(keep, port=port, database=database) as connection:
        grant_rights(connection, owner=OWNER_ROLE, app=APP_ROLE)


def grant_rights(connection: psycopg.Connection, *, owner: str, app: str) -> None:
    """Extension, staging schema and rights; the owner of a given database may do it as well as the administrator."""
    roles = {"owner": sql.Identifier(owner), "app": sql.Identifier(app)}
    with connection.transaction():
        for statement in RIGHTS:
            connection.execute(sql.SQL(statement).format(**roles))


def database_exists(connection: psycopg.Connection, database: str) -> bool:
    """Whether the server has a database of that name."""
    return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone() is not None


def make_database(connection: psycopg.Connection, database: str, *, template: str = "template1") -> None:
    """Make a database of the owner's, which only the two roles may enter."""
    names = {"database": sql.Identifier(database), "template": sql.Identifier(template)}
    roles = {"owner": sql.Identifier(OWNER_ROLE), "app": sql.Identifier(APP_ROLE)}
    for statement in (
        "CREATE DATABASE {database} OWNER {owner} TEMPLATE {template} STRATEGY FILE_COPY",
        # what the public may by default is taken away
        "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
        "GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {app}",
    ):
        connection.execute(sql.SQL(statement).format(**names, **roles))


def _make_role(connection: psycopg.Connection, role: str, secret: str) -> None:
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    verb = sql.SQL("ALTER") if known else sql.SQL("CREATE")
    connection.execute(
        sql.SQL(
            "{} ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD {}"
        ).format(verb, sql.Identifier(role), sql.Literal(secret))
    )  # fmt: skip
