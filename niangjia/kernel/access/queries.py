"""Who is acting, with the rights in force today."""

from datetime import date

from django.db.models import Q

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account, Grant
from niangjia.kernel.access.rules import ADMINISTRATORS, Actor, Right, Role
from niangjia.kernel.places.queries import place_names


def actor_of(account: Account, *, on: date) -> Actor:
    """The account as an actor; an account switched off has no rights at all."""
    if not account.is_active:
        return Actor(account_id=account.pk, name=account.name)
    found = Grant.objects.filter(in_force(on), account=account).select_related("place").order_by("id")
    grants = list(found)
    names = place_names(grant.place_id for grant in grants)
    rights = tuple(
        Right(Role(grant.role), grant.place_id, grant.place.path, names.get(grant.place_id, "")) for grant in grants
    )
    return Actor(account_id=account.pk, name=account.name, rights=rights, subject_id=account.subject_id)


def in_force(on: date) -> Q:
    """Rights that count on a day; the last day still counts."""
    return Q(revoked_at=None, valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gte=on))


def holds_administration(account: Account) -> bool:
    """Whether this account is an administrator's (三员), now or from a day to come."""
    open_ended = Q(valid_to=None) | Q(valid_to__gte=clock.today())
    return Grant.objects.filter(open_ended, account=account, revoked_at=None, role__in=ADMINISTRATORS).exists()


def within(paths: tuple[str, ...], *, field: str) -> Q:
    """A filter for rows whose place lies in one of these subtrees; no subtree, no rows."""
    if "" in paths:
        return Q()
    scope = Q(pk__in=[])
    for path in paths:
        scope |= Q(**{f"{field}__startswith": path})
    return scope
