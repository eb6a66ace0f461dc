"""The test harness: a pytest plugin that gives every run a database of its own, and lets no test reach outside.

Tests act as the application role on a database that the owner role has migrated, as in the office. The migrated
database is kept as a template under a fingerprint of all migrations, so that only a changed migration is run again.
"""

import fcntl
import hashlib
import os
import socket
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from ipaddress import ip_address
from typing import Any

import psycopg
import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connection as application
from django.db import connections
from django.test import TransactionTestCase
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker

from niangjia.config.environment import CHECKOUT, environment, read_environment
from niangjia.config.postgres.addresses import APP_ROLE, OWNER_ROLE, address
from niangjia.config.postgres.cluster import connect
from niangjia.config.postgres.configuration import TESTS
from niangjia.config.postgres.provision import database_exists, grant_rights, make_database
from niangjia.config.postgres.secrets import password
from niangjia.config.postgres.server import ensure_server, server_status
from niangjia.config.tests.anew import AsMade, as_made, emptied
from niangjia.kernel.acting import OPERATOR

FINGERPRINTED = (
    "niangjia/**/migrations/*.py",
    "niangjia/**/walls.py",
    "niangjia/**/moves.py",
    "niangjia/**/workflow.py",
    "niangjia/**/fixtures/*",
    "niangjia/config/postgres/provision.py",
)
TEMPLATE_PREFIX = "template_"
RUN_PREFIX = "test_"
WORKER = "PYTEST_XDIST_WORKER"


class TestServer:
    """The server of the tests, and the databases made on it for this run."""

    __test__ = False

    def __init__(self) -> None:
        usual = read_environment(os.environ)
        # a worker of pytest-xdist finds the variables that its parent process has set below
        data = usual.data if WORKER in os.environ else usual.data / "test"
        self.here = replace(usual, data=data, keys=data / "keys", database_url="", owner_url="")
        self.keep = self.here.data / "postgres"
        self.port = self.awake()
        self.database = f"{RUN_PREFIX}{os.getpid()}"
        self.template = f"{TEMPLATE_PREFIX}{_fingerprint()}"
        self.made: AsMade

    def awake(self) -> int:
        """The server's port; one that came to rest while another process was at a long test is started again."""
        ensure_server(self.here, settings=TESTS)
        return server_status(self.here).port or 0

    def variables(self) -> dict[str, str]:
        """The environment of this run: commands that a test starts speak to the test's database, too."""
        # workers of pytest-xdist share the server, and no other folder: what one looks through nobody else writes into
        own = self.here.data / os.environ.get(WORKER, "")
        return {
            "NIANGJIA_DATA": str(own),
            "NIANGJIA_KEYS": str(own / "keys"),
            "NIANGJIA_ANCHORS": str(own / "anchors"),
            "DATABASE_URL": self._address(APP_ROLE, self.database),
            "NIANGJIA_OWNER_URL": self._address(OWNER_ROLE, self.database),
        }

    def administer(self, database: str = "postgres") -> psycopg.Connection:
        """A session of the administrator, for making and dropping databases."""
        return connect(self.keep, port=self.port, database=database)

    def fresh(self) -> None:
        """This run's database as it is right after migration, whatever a test did to it."""
        with self.administer() as connection:
            _drop(connection, self.database)
            make_database(connection, self.database, template=self.template)
        with self.administer(self.database) as connection:
            self.made = as_made(connection)

    def anew(self) -> None:
        """The same after a test with real commits, by taking away what it wrote where that is all it did."""
        with self.administer(self.database) as connection:
            only_rows = emptied(connection, self.made)
        if not only_rows:
            self.fresh()

    def drop(self) -> None:
        """Remove this run's database."""
        self.port = self.awake()
        with self.administer() as connection:
            _drop(connection, self.database)

    @contextmanager
    def template_missing(self) -> Iterator[bool]:
        """One process at a time: whether the template has to be made; leftovers of earlier runs are removed."""
        with (self.keep / "template.lock").open("a") as file, self.administer() as connection:
            fcntl.flock(file, fcntl.LOCK_EX)
            self._sweep(connection)
            yield not database_exists(connection, self.template)

    def make_draft(self, draft: str) -> None:
        """An empty database with the roles' rights, for the owner to migrate."""
        with self.administer() as connection:
            _drop(connection, draft)
            make_database(connection, draft)
        with self.administer(draft) as connection:
            grant_rights(connection, owner=OWNER_ROLE, app=APP_ROLE)

    def keep_draft(self, draft: str) -> None:
        """A draft that was migrated to the end becomes the template."""
        with self.administer() as connection:
            names = (sql.Identifier(draft), sql.Identifier(self.template))
            connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*names))

    def _address(self, role: str, database: str) -> str:
        return address(role, password(self.keep, role), port=self.port, database=database)

    def _sweep(self, connection: psycopg.Connection) -> None:
        names = connection.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s) OR starts_with(datname, %s)",
            [TEMPLATE_PREFIX, RUN_PREFIX],
        ).fetchall()
        for (name,) in names:
            outdated = name.startswith(TEMPLATE_PREFIX) and name not in ("template0", "template1", self.template)
            if outdated or (name.startswith(RUN_PREFIX) and not _alive(name.removeprefix(RUN_PREFIX))):
                _drop(connection, name)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--deep` adds the long safety sets."""
    parser.addoption("--deep", action="store_true", help="also run the long safety sets (marker: deep)")


def pytest_configure() -> None:
    """Settings that only make tests faster: cheap password hashes, static files without a manifest."""
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    django_settings.STORAGES = django_settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    django_settings.WHITENOISE_AUTOREFRESH = django_settings.WHITENOISE_USE_FINDERS = True
    django_settings.ALLOWED_HOSTS = [*django_settings.ALLOWED_HOSTS, "testserver"]
    TransactionTestCase._fixture_teardown = _begin_anew  # type: ignore[attr-defined]  # no public name


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long sets out unless they are asked for."""
    if config.getoption("--deep"):
        return
    deep = [item for item in items if item.get_closest_marker("deep")]
    config.hook.pytest_deselected(items=deep)
    items[:] = [item for item in items if item not in set(deep)]


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Generator[None]:
    """The run's database, made from the template; the template is migrated by the owner where it is missing."""
    with django_db_blocker.unblock():
        with SERVER.template_missing() as missing:
            if missing:
                _make_template()
            SERVER.fresh()
        _point_to(SERVER.database)
    yield
    with django_db_blocker.unblock():
        connections.close_all()
    SERVER.drop()


@pytest.fixture
def no_actor(db: None) -> Iterator[None]:
    """Nobody is named to the database, as on a connection fresh from the pool."""
    application.ensure_connection()
    with application.cursor() as cursor:
        cursor.execute("SELECT set_config('niangjia.actor', '', false)")
    yield
    if not application.in_atomic_block:
        application.close()


@pytest.fixture(autouse=True)
def nothing_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that reaches for another machine fails."""
    connect_socket = socket.socket.connect

    def guarded(self: socket.socket, to: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(to[0]):
            pytest.fail(f"a test tried to reach {to[0]}: only this machine may be reached")
        connect_socket(self, to)

    monkeypatch.setattr(socket.socket, "connect", guarded)


def _make_template() -> None:
    draft = f"draft_{os.getpid()}"
    SERVER.make_draft(draft)
    _point_to(draft)
    call_command("migrate", database="owner", verbosity=0)
    connections.close_all()
    SERVER.keep_draft(draft)


def _point_to(database: str) -> None:
    connections.close_all()
    for alias in ("default", "owner"):
        connections[alias].settings_dict["NAME"] = database
        connections[alias].settings_dict["OPTIONS"].pop("pool", None)
    # Whoever writes a test stands at the command line; requests through the client act as who is signed in, and jobs
    # as what they say they do.
    connections["default"].settings_dict["OPTIONS"]["options"] = f"-c niangjia.actor={OPERATOR}"


def _begin_anew(_case: TransactionTestCase) -> None:
    """After a test with real commits: the application role may not truncate, so the administrator clears up."""
    connections.close_all()
    SERVER.anew()


def _drop(connection: psycopg.Connection, database: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))


def _alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True


def _fingerprint() -> str:
    digest = hashlib.sha256((CHECKOUT / "requirements.lock").read_bytes())
    for pattern in FINGERPRINTED:
        for path in sorted(CHECKOUT.glob(pattern)):
            digest.update(str(path.relative_to(CHECKOUT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host == "localhost"


# Here and not in a hook: pytest-django reads the settings before any hook of ours is asked.
SERVER = TestServer()
os.environ.update(SERVER.variables())
environment.cache_clear()
