"""Tell the database who acts; what nobody asks for is refused there.

Inside a transaction the name lasts until its end at most, so that a pooled connection brings nobody along to the next
request. Outside of one, for commands and jobs, it lasts until the `with` is left.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import local
from typing import NamedTuple

from django.db import connection
from psycopg.pq import TransactionStatus

from niangjia.kernel import clock
from niangjia.kernel.acting.purposes import Purpose
from niangjia.kernel.worded import prepared

OPERATOR = "operator"
# A visitor who has not signed in: somebody, who may see no row.
ANONYMOUS = "anonymous"
PROGRAM = "program:"
# Who was told last in this thread and acts still, in `here.told`.
here = local()
TELL = f"SELECT current_setting('niangjia.actor', true), set_config('niangjia.actor', %s, %s), {clock.INSTANT}"


class Told(NamedTuple):
    """Who acts, as the database was told over a connection; whether inside a transaction."""

    who: str
    over: object
    in_transaction: bool


@contextmanager
def acting_as(who: str, *, is_whole: bool = False) -> Iterator[datetime]:
    """The database knows who acts in here, and says since when; afterwards whoever acted before.

    `is_whole`: the transaction ends with this block, so that nobody has to be told that nobody acts any more.
    """
    before, since = _tell(who)
    with told(before, is_whole=is_whole, now=who):
        yield since


@contextmanager
def told(before: str, *, is_whole: bool = False, now: str = "") -> Iterator[None]:
    """The database has been told already who acts in here (`now`, where that is known); afterwards whoever acted before."""
    in_transaction = connection.in_atomic_block
    around: Told | None = getattr(here, "told", None)
    here.told = Told(now, connection.connection, in_transaction)
    try:
        yield
    finally:
        here.told = around
        if (before or not is_whole) and _can_be_told(in_transaction=in_transaction):
            _tell(before)


@contextmanager
def beyond(purpose: Purpose) -> Iterator[None]:
    """Work of the program itself, outside one person's scope, for one of the purposes on the closed list.

    Within work for the same purpose, in one transaction, the database knows already, and is told nothing anew.
    """
    who = f"{PROGRAM}{purpose.value}"
    if _is_told(who):
        yield
    else:
        with acting_as(who):
            yield


def _is_told(who: str) -> bool:
    """Whether the block right around this one told it, over this connection and for the transaction that still lasts."""
    return connection.in_atomic_block and getattr(here, "told", None) == Told(who, connection.connection, True)


def _tell(who: str) -> tuple[str, datetime]:
    """Name who acts; answers who did before, or nothing, and the instant by the database's clock."""
    with prepared() as cursor:
        cursor.execute(TELL, [who, connection.in_atomic_block])
        before, _now, instant = cursor.fetchone()
        return before or "", instant


def _can_be_told(*, in_transaction: bool) -> bool:
    """A transaction that failed takes the name back by itself, and a closed connection has forgotten it."""
    if connection.connection is None or connection.needs_rollback or connection.in_atomic_block != in_transaction:
        return False
    status: TransactionStatus = connection.connection.info.transaction_status
    return status in (TransactionStatus.IDLE, TransactionStatus.INTRANS)
