"""Give and take rights; refuse what an actor may not do."""

from datetime import date
from secrets import token_urlsafe
from typing import Any

from django.db import transaction
from django.db.models import Q

from niangjia.kernel import clock
from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.access.models import Account, Grant
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import GRANT_ROLE, Actor, Move, Role, excluded_together, why_not
from niangjia.kernel.access.sessions import end_sessions
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.journal.services import record
from niangjia.kernel.messages.rules import ToAccount
from niangjia.kernel.messages.services import send
from niangjia.kernel.places.models import Place

Days = tuple[date, date | None]
PASSWORD_BYTES = 12


class Forbidden(Exception):
    """The actor may not do this here; to the outside it looks like a page that is not there."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotGranted(Exception):
    """This account may not hold this right; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


def check(actor: Actor, move: Move, path: str) -> None:
    """Raise `Forbidden` with `why_not`'s reason where the actor may not."""
    reason = why_not(actor, move, path)
    if reason is not None:
        raise Forbidden(reason)


@transaction.atomic
def grant_role(account: Account, role: Role, *, at: Place, days: Days, by: Actor) -> Grant:
    """Give an account a role at a place (授权) from a day to a day, or with no last day.

    `NotGranted` for one's own account, and where the three administrators would not be different persons.
    """
    check(by, GRANT_ROLE, at.path)
    if account.pk == by.account_id:
        raise NotGranted(Reason("own_rights", _OWN_RIGHTS, {}))
    first, last = days
    Account.objects.select_for_update().get(pk=account.pk)
    check_duties_apart(account, role, days=days)
    grant = Grant.objects.create(
        city=at.city,
        account=account,
        role=role.value,
        place=at,
        valid_from=first,
        valid_to=last,
        given_by_id=by.account_id,
    )
    tell("grant_role", grant, by=by)
    facts = {"role": grant.role, "place": at.pk, "first": first}
    send("right_given", to=ToAccount(account.pk), facts=facts, about=grant.pk)
    return grant


def check_duties_apart(account: Account, role: Role, *, days: Days) -> None:
    """`NotGranted` where the account holds, in these days, a role that one person may not hold beside this one.

    Whoever asks holds the account's row, so that two rights given at once see each other.
    """
    first, last = days
    beside = Grant.objects.filter(Q(valid_to=None) | Q(valid_to__gte=first), account=account, revoked_at=None)
    if last is not None:
        beside = beside.filter(valid_from__lte=last)
    held = [Role(name) for name in beside.values_list("role", flat=True)]
    if any(excluded_together(frozenset({other, role})) for other in held):
        raise NotGranted(Reason("duties_apart", _DUTIES_APART, {}))


@transaction.atomic
def open_account(login: str, *, name: str, role: Role, at: Place, by: Actor) -> tuple[Account, str]:
    """Open an account (开通账号) with its first right; answers it with the password drawn for it, which is kept nowhere.

    `NotGranted` where the login is taken or the right may not be given.
    """
    account, password = new_account(login, name=name, post="", at=at, by=by)
    grant_role(account, role, at=at, days=(clock.today(), None), by=by)
    return account, password


def new_account(login: str, *, name: str, post: str, at: Place, by: Actor) -> tuple[Account, str]:
    """An account of a place, with a drawn password that is changed before anything else; no right comes with it."""
    if Account.objects.filter(login__iexact=login).exists():
        raise NotGranted(Reason("login_taken", _LOGIN_TAKEN, {"login": login}))
    password = token_urlsafe(PASSWORD_BYTES)
    account = Account.objects.create_account(login, name=name, password=password, post=post, place=at)
    Account.objects.filter(pk=account.pk).update(must_change_password=True)
    place = (at.city, at.pk)
    record("open_account", by=by, thing="account", thing_id=account.pk, place=place, detail={"login": login})
    return account, password


@transaction.atomic
def revoke(grant: Grant, *, by: Actor) -> None:
    """Take a right away (收回授权) at once, with what was delegated from it: at the next request both are gone.

    A cadre takes back what she delegated herself; the rest is for the security administrator.
    """
    found = Grant.objects.select_for_update(of=("self",)).select_related("place", "account", "delegated_from")
    held = found.filter(pk=grant.pk).first()
    if held is None:  # whoever may not change a right cannot hold its row either
        raise Forbidden("out_of_scope")
    grant = held
    if not is_own_delegation(grant, by):
        check(by, GRANT_ROLE, grant.place.path)
    take_back(grant, by=by)


def is_own_delegation(grant: Grant, actor: Actor) -> bool:
    """Whether the actor delegated this right herself."""
    source = grant.delegated_from
    return source is not None and actor.account_id is not None and source.account_id == actor.account_id


@beyond(Purpose.RIGHTS_END)
def take_back(grant: Grant, *, by: Actor) -> None:
    """End a right and all that hangs on it; whoever has none left is signed out everywhere."""
    if grant.revoked_at is not None:
        return
    grant.revoked_at = clock.now()
    grant.save(update_fields=["revoked_at"])
    tell("revoke_role", grant, by=by)
    facts = {"role": grant.role, "place": grant.place_id}
    send("right_revoked", to=ToAccount(grant.account_id), facts=facts, about=grant.pk)
    for handed_down in Grant.objects.filter(delegated_from=grant, revoked_at=None).select_related("place", "account"):
        take_back(handed_down, by=by)
    if not actor_of(grant.account, on=clock.today()).rights:
        end_sessions(grant.account, by=by)


def tell(verb: str, grant: Grant, *, by: Actor) -> None:
    """Write what became of a right into the journal."""
    last = grant.valid_to.isoformat() if grant.valid_to else None
    detail: dict[str, Any] = {"role": grant.role, "from": grant.valid_from.isoformat(), "to": last, "grant": grant.pk}
    if grant.delegated_from_id:
        detail["delegated_from"] = grant.delegated_from_id
    place = (grant.place.city, grant.place_id)
    record(verb, by=by, thing="account", thing_id=grant.account_id, place=place, detail=detail)


_LOGIN_TAKEN = gettext_noop("账号「{login}」已经有了。换一个名字。")
_OWN_RIGHTS = gettext_noop("不能给自己授权。请另一位安全管理员来办。")
_DUTIES_APART = gettext_noop("系统管理员、安全管理员、审计管理员要由不同的人担任，也不能兼办业务。请换一个账号。")
