"""A database that somebody else runs: given by DATABASE_URL and NIANGJIA_OWNER_URL."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql

from niangjia.config.environment import CHECKOUT
from niangjia.config.tests.harness import SERVER

DATABASE = "given"
INIT = "import sys; from niangjia.config.command import main; sys.exit(main(['init', '--empty', '--json']))"


@pytest.fixture
def addresses() -> Iterator[dict[str, str]]:
    """An empty database of the owner's, as a city's database office hands it over."""
    name = sql.Identifier(DATABASE)
    with SERVER.administer() as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER niangjia_owner").format(name))
    variables = SERVER.variables()
    yield {
        each: urlsplit(variables[each])._replace(path=f"/{DATABASE}").geturl()
        for each in ("DATABASE_URL", "NIANGJIA_OWNER_URL")
    }
    with SERVER.administer() as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def test_init_makes_everything_in_a_given_database_as_its_owner(addresses):
    done = subprocess.run(
        [sys.executable, "-c", INIT],
        env=os.environ | addresses,
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["migrated"] > 0
    with psycopg.connect(addresses["DATABASE_URL"]) as application:
        row = application.execute("SELECT count(*), current_user::text FROM django_migrations").fetchone()
        assert row is not None
        assert row[0] > 0
        assert row[1] == "niangjia_app"
        application.execute("CREATE UNLOGGED TABLE staging.rows (word text)")
