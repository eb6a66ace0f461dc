from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connections
from psycopg_pool import ConnectionPool

from niangjia.config.database import database_settings
from niangjia.config.resting import Resting

pytestmark = pytest.mark.django_db


@pytest.fixture
def resting() -> Iterator[Resting]:
    """A connection as it lies in the pool."""
    params: dict[str, Any] = connections["default"].get_connection_params()
    with Resting.connect(**params | {"autocommit": True}) as connection:
        yield connection


def test_the_pool_keeps_such_connections() -> None:
    assert database_settings()["default"]["OPTIONS"]["pool"]["connection_class"] is Resting


def test_a_living_connection_is_asked_nothing(resting: Resting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(psycopg.Connection, "execute", lambda *_: pytest.fail("a statement was sent"))
    ConnectionPool.check_connection(resting)


def test_a_connection_that_the_server_ended_is_found_out(resting: Resting) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [resting.info.backend_pid])
    with pytest.raises(psycopg.OperationalError):
        ConnectionPool.check_connection(resting)


def test_other_statements_are_answered(resting: Resting) -> None:
    assert resting.execute("SELECT 1").fetchone() == (1,)
