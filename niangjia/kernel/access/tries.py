"""Wrong tries (试错): held and counted by account name before a password is looked at, so that none slips through beside it."""

from datetime import datetime, timedelta
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account, WrongTries
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.journal.services import record
from niangjia.kernel.sealed import blind

DOOR = Actor(account_id=None, name="door")
LOGINS = "sign_in.login"
KEPT = timedelta(days=1)
SWEPT = 100


class Locked(Exception):
    """Too many wrong tries at this name; it opens again by itself at `opens_at`."""

    def __init__(self, opens_at: datetime) -> None:
        super().__init__(opens_at)
        self.opens_at = opens_at


def hold(login: str) -> WrongTries:
    """The tries at a name, held for this transaction: whoever tries beside it waits. `Locked` while it is."""
    index = index_of(login)
    WrongTries.objects.bulk_create([WrongTries(login_index=index)], ignore_conflicts=True)
    tries = WrongTries.objects.select_for_update().get(login_index=index)
    if tries.locked_until is not None and tries.locked_until > clock.now():
        raise Locked(tries.locked_until)
    return tries


def count_wrong(tries: WrongTries, login: str) -> None:
    """One more wrong try; `Locked` at the last that is allowed. The journal has it, whether there is such an account or not."""
    now, pause = clock.now(), timedelta(minutes=settings.NIANGJIA_LOCK_MIN)
    tries.number = 1 if now - tries.last_at >= pause else tries.number + 1
    tries.last_at = now
    if tries.number >= settings.NIANGJIA_WRONG_TRIES:
        tries.number, tries.locked_until = 0, now + pause
    tries.save(update_fields=["number", "last_at", "locked_until"])
    _sweep(before=now - KEPT)
    if tries.locked_until is not None and tries.locked_until > now:
        account = Account.objects.select_related("place").filter(login__iexact=login.strip()).first()
        place = (account.place.city, account.place.pk) if account and account.place else None
        record("lock_account", by=DOOR, thing="account", thing_id=account.pk if account else None, place=place)
        raise Locked(tries.locked_until)


def forget(login: str) -> None:
    """Whoever is in has shown that it was no stranger: the count begins anew."""
    WrongTries.objects.filter(login_index=index_of(login)).update(number=0, locked_until=None)


def locked_until(login: str) -> datetime | None:
    """Until when a name is locked; None where it is open."""
    tries = WrongTries.objects.filter(login_index=index_of(login), locked_until__gt=clock.now()).first()
    return tries.locked_until if tries else None


def forget_once_in(request: HttpRequest, user: Any, **_kwargs: object) -> None:
    """Forget the wrong tries once password and code were both good; a passkey says nothing about the password."""
    if any(record.get("method") == "password" for record in get_authentication_records(request, user)):
        forget(user.login)


def index_of(login: str) -> bytes:
    """The keyed index of a name as signing in compares names: blanks around it and capitals do not matter."""
    return blind(LOGINS, login.strip().lower())


def _sweep(*, before: datetime) -> None:
    """Names nobody tried for a day are forgotten, a few at a time."""
    old = WrongTries.objects.select_for_update(skip_locked=True).filter(last_at__lt=before).order_by("last_at")
    WrongTries.objects.filter(pk__in=[tries.pk for tries in old.only("pk")[:SWEPT]]).delete()
