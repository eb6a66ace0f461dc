"""Tell somebody what happened to her own account: a new device, another second factor, a delegation that ends."""

from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_reset

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account, Grant, OpenSession
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.messages.queries import was_told
from niangjia.kernel.messages.rules import ToAccount
from niangjia.kernel.messages.services import send

# 本系统默认值: long enough before a delegation ends to hand things over.
ENDS_SOON = timedelta(days=3)


def tell_of_device(account: Account, device: str) -> None:
    """A device signs in that was not seen at this account; a demo account belongs to everybody, so there it means nothing."""
    if not device or account.is_demo:
        return
    facts = {"device": device}
    is_known = OpenSession.objects.filter(account=account, device=device).exists()
    if not is_known and not was_told("signed_in_anew", account_id=account.pk, facts=facts):
        send("signed_in_anew", to=ToAccount(account.pk), facts=facts)


def tell_of_second_factor(signal: Any, user: Any, authenticator: Authenticator, **_kwargs: object) -> None:
    """A means of proving oneself came, went, or was drawn anew; spare codes that come with the first one are no change."""
    is_spare = authenticator.type == Authenticator.Type.RECOVERY_CODES
    if isinstance(user, Account) and (not is_spare or signal is authenticator_reset):
        send("second_factor_changed", to=ToAccount(user.pk))


def tell_of_ends() -> int:
    """Delegations whose last day is near, told once; answers how many."""
    last = clock.today() + ENDS_SOON
    with beyond(Purpose.RIGHTS_END):
        near = Grant.objects.filter(delegated_from__isnull=False, revoked_at=None, valid_to=last).order_by("id")
        ending = list(near)
    told = 0
    for grant in ending:
        facts = {"role": grant.role, "place": grant.place_id, "last": last}
        if not was_told("delegation_ends", account_id=grant.account_id, about=grant.pk):
            told += send("delegation_ends", to=ToAccount(grant.account_id), facts=facts, about=grant.pk)
    return told
