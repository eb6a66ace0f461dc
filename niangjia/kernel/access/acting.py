"""Act as somebody: middleware, jobs and commands name the actor to the database before they ask it anything."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.acting import ANONYMOUS, OPERATOR, Purpose, acting_as, beyond, told

# What stands behind the number of an account that meets nobody's rows but her own.
OWN_SIDE = ":own"

__all__ = ["Purpose", "acting", "acting_as_account", "beyond", "told"]


@contextmanager
def acting(actor: Actor) -> Iterator[None]:
    """In here every row is met as this actor meets it; afterwards as whoever acted before."""
    with acting_as(name_of(actor)):
        yield


@contextmanager
def acting_as_account(
    account_id: int | None, *, is_own_side: bool = False, is_whole: bool = False
) -> Iterator[datetime]:
    """As `acting`, where only the account is known yet; None is a visitor who has not signed in. Says since when.

    On her own side (职工端) a cadre is a worker like others: her rights open nothing. `is_whole`: as in `acting_as`.
    """
    with acting_as(name_at_door(account_id, is_own_side=is_own_side), is_whole=is_whole) as since:
        yield since


def name_at_door(account_id: int | None, *, is_own_side: bool) -> str:
    """An account as the database knows it; `come_in` in the database names her the same way."""
    name = ANONYMOUS if account_id is None else str(account_id)
    return f"{name}{OWN_SIDE}" if is_own_side else name


def name_of(actor: Actor) -> str:
    """The actor as the database knows it: the account's number, a program's key, the operator, or nobody in particular."""
    if actor.account_id is not None:
        return str(actor.account_id)
    if actor.known_as:
        return actor.known_as
    is_operator = any(right.role is Role.OPERATOR for right in actor.rights)
    return OPERATOR if is_operator else ANONYMOUS
