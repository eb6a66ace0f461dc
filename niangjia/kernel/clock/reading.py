"""What time it is, judged by the database, so that no machine's wrong clock moves a deadline."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.db import connection

from niangjia.kernel.clock.rules import PEOPLE_ZONE

# For a statement that is sent anyway, whose instant then goes through `held_or`.
INSTANT = "clock_timestamp()"

_held: ContextVar[datetime | None] = ContextVar("held_instant", default=None)


def now() -> datetime:
    """This instant by the database's clock; inside `at(...)`, the instant held there."""
    held = _held.get()
    if held is not None:
        return held
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {INSTANT}")
        return cursor.fetchone()[0]


def today() -> date:
    """Today's date where the people are (Asia/Shanghai)."""
    return now().astimezone(PEOPLE_ZONE).date()


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Hold the clock still: for one request, so that it has one time, and for tests."""
    token = _held.set(instant)
    try:
        yield
    finally:
        _held.reset(token)


@contextmanager
def held_or(instant: datetime) -> Iterator[None]:
    """As `at`, unless an instant is held already: then that one stays."""
    with at(_held.get() or instant):
        yield
