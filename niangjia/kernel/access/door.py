"""The door of every request: one statement reads the session, names who acts, and tells the rights in force."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import DEFAULT_DB_ALIAS
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from niangjia.kernel import clock
from niangjia.kernel.access.acting import acting_as_account, name_at_door, told
from niangjia.kernel.access.cookies import SessionStore
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.own_side import came_by_phone, on_own_side
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor, Right, Role
from niangjia.kernel.places.queries import place_names
from niangjia.kernel.worded import prepared

FACTS = tuple(field.attname for field in Account._meta.concrete_fields)  # noqa: SLF001 - Django's own way
OF_ACCOUNT = ", ".join(f"(account).{fact}" for fact in FACTS)
COME_IN = f"SELECT before, since, named, content, active_at, rights, {OF_ACCOUNT} FROM come_in(%s)"  # noqa: S608 - names of columns
NOBODY = Actor(account_id=None, name="")


@dataclass(frozen=True)
class Coming:
    """Who comes, as the database answers: since when, whose session, when that was last used, with which rights."""

    before: str
    since: datetime
    named: str
    content: str | None
    active_at: datetime | None
    rights: tuple[tuple[str, int, str], ...]
    account: Account | None


@contextmanager
def coming_in(request: HttpRequest) -> Iterator[Actor]:
    """In here the database knows who asks, and the clock stands at her coming; needs the request's transaction."""
    coming = _asked(request)
    with told(coming.before, is_whole=True), clock.held_or(coming.since):
        _know(request, coming)
        is_known = request.user.is_authenticated
        name = name_at_door(request.user.pk if is_known else None, is_own_side=is_known and came_by_phone(request))
        if name == coming.named:
            yield _actor(request, coming)
            return
        # The row says another name than the session proves (an older password, an account switched off meanwhile).
        whose = acting_as_account(request.user.pk, is_own_side=is_known and came_by_phone(request))
        with whose:
            yield _actor(request, None)


def _asked(request: HttpRequest) -> Coming:
    session = request.session
    key = (session.session_key or "") if isinstance(session, SessionStore) else ""
    with prepared() as cursor:
        cursor.execute(COME_IN, [key if key.isalnum() else ""])
        before, since, named, content, active_at, rights, *facts = cursor.fetchone()
    account = Account.from_db(DEFAULT_DB_ALIAS, FACTS, facts) if facts[0] is not None else None
    found = tuple((role, place_id, path) for role, place_id, path in json.loads(rights or "[]"))
    return Coming(before or "", since, named, content, active_at, found, account)


def _know(request: HttpRequest, coming: Coming) -> None:
    """Leave on the request what was found, where the session proves whose it is; otherwise Django looks for itself."""
    session = request.session
    if isinstance(session, SessionStore):
        session.hold(coming.content)
    request.last_active_at = coming.active_at  # type: ignore[attr-defined]  # judged by the gate
    account = coming.account
    if account is not None and _is_proved(request, account):
        request.user = account


def _is_proved(request: HttpRequest, account: Account) -> bool:
    """What Django asks of a session: its account, a door it knows, and the password it was opened with."""
    session = request.session
    is_whose = session.get(SESSION_KEY) == str(account.pk)
    is_known_door = session.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
    proof = session.get(HASH_SESSION_KEY) or ""
    return is_whose and is_known_door and constant_time_compare(proof, account.get_session_auth_hash())


def _actor(request: HttpRequest, coming: Coming | None) -> Actor:
    user = request.user
    if not isinstance(user, Account):
        return NOBODY
    if coming is None or clock.today() != coming.since.astimezone(clock.PEOPLE_ZONE).date():
        actor = actor_of(user, on=clock.today())
        return on_own_side(actor) if came_by_phone(request) else actor
    by_phone = came_by_phone(request)
    given = [each for each in coming.rights if not by_phone or each[0] == Role.WORKER]
    names = place_names(place_id for _role, place_id, _path in given)
    rights = tuple(Right(Role(role), place_id, path, names.get(place_id, "")) for role, place_id, path in given)
    return Actor(account_id=user.pk, name=user.name, rights=rights, subject_id=user.subject_id)
