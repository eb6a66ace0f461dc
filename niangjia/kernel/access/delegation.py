"""Delegation (委托): a cadre hands her own role, or a lower one, down for a time; it never reaches further than her own right."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account, Grant
from niangjia.kernel.access.queries import in_force, within
from niangjia.kernel.access.rules import (
    DELEGATE_ROLE,
    LONGEST_DELEGATION_DAYS,
    Actor,
    Role,
    why_not_delegate,
)
from niangjia.kernel.access.rules import Right as OwnRight
from niangjia.kernel.access.services import NotGranted, check, check_duties_apart, tell
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.messages.rules import ToAccount
from niangjia.kernel.messages.services import send
from niangjia.kernel.places.models import Place


def may_receive(actor: Actor) -> QuerySet[Account]:
    """Accounts of work at or below the actor's place that may be delegated to: switched on, and not her own."""
    paths = actor.paths(DELEGATE_ROLE)
    at_work = Grant.objects.filter(account=OuterRef("pk"), revoked_at=None).exclude(role=Role.WORKER.value)
    there = within(paths, field="place__path")
    return Account.objects.filter(there | Exists(at_work.filter(there)), is_active=True).exclude(
        pk=actor.account_id or 0
    )


def delegated_by(actor: Actor) -> Sequence[Grant]:
    """What the actor has delegated and is not over, soonest end first."""
    still = Q(revoked_at=None, valid_to__gte=clock.today())
    found = Grant.objects.filter(still, delegated_from__account_id=actor.account_id or 0)
    return list(found.select_related("place", "account").order_by("valid_to", "id"))


@transaction.atomic
def delegate(account: Account, role: Role, *, at: Place, days: tuple[date, date], by: Actor) -> Grant:
    """Hand a role down (委托) to an account at or below one's place, from a day to a day; `NotGranted` says why not."""
    check(by, DELEGATE_ROLE, at.path)
    account = Account.objects.select_for_update().get(pk=account.pk)
    if not may_receive(by).filter(pk=account.pk).exists():
        raise NotGranted(Reason("not_below", _NOT_BELOW, {}))
    source = _source(by, at)
    own = OwnRight(Role(source.role), source.place_id, source.place.path)
    code = why_not_delegate(own, role, path=at.path, days=days, own_last=source.valid_to)
    if code is not None:
        raise NotGranted(Reason(code, _REFUSALS[code], {"n": LONGEST_DELEGATION_DAYS}))
    check_duties_apart(account, role, days=days)
    first, last = days
    grant = Grant.objects.create(
        city=at.city,
        account=account,
        role=role.value,
        place=at,
        valid_from=first,
        valid_to=last,
        given_by_id=by.account_id,
        delegated_from=source,
    )
    tell("delegate_role", grant, by=by)
    facts = {"role": grant.role, "place": at.pk, "first": first, "last": last}
    send("delegation_begins", to=ToAccount(account.pk), facts=facts, about=grant.pk)
    return grant


def _source(actor: Actor, at: Place) -> Grant:
    """The right it is handed down from: the actor's own, in force, not delegated itself, and the longest one there."""
    own = Grant.objects.select_for_update(of=("self",)).filter(
        in_force(clock.today()), account_id=actor.account_id or 0, role__in=DELEGATE_ROLE.roles
    )
    wide = [grant for grant in own.select_related("place") if at.path.startswith(grant.place.path)]
    first_hand = [grant for grant in wide if grant.delegated_from_id is None]
    if not first_hand:
        raise NotGranted(Reason("second_hand", _SECOND_HAND, {}))
    return max(first_hand, key=lambda grant: (grant.valid_to is None, grant.valid_to or date.min))


_NOT_BELOW = gettext_noop("没有这个账号，或者不归您这里管。请核对账号。")
_SECOND_HAND = gettext_noop("您这一级的权限是别人委托的，不能再转委托。请有本职权限的人来办。")
_REFUSALS = {
    "role_not_lower": gettext_noop("只能委托自己的角色，或者比自己低的。"),
    "out_of_scope": gettext_noop("这个工会不在您的权限范围里。请选本级或下级。"),
    "ends_before_it_begins": gettext_noop("最后一天早于第一天。请改日期。"),
    "outlives_own": gettext_noop("不能比您自己的权限还长。请把最后一天改早。"),
    "too_long": gettext_noop("一次最多委托 {n} 天。到期还要办，再委托一次。"),
}
