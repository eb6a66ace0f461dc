"""Who holds an office (岗位) now: what messages ask about rights."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Length

from niangjia.kernel import clock
from niangjia.kernel.access.models import Grant
from niangjia.kernel.access.queries import in_force
from niangjia.kernel.access.rules import Role
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.rules import ids_of
from niangjia.kernel.worded import OneOf, Worded


def _held(ids: list[int], roles: list[str], but: int, on: date) -> QuerySet[Grant, Any]:
    """Rights in force at these places with one of the roles, each as the length of its path and whose it is."""
    found = Grant.objects.filter(in_force(on), OneOf("place_id", ids), OneOf("role", roles), account__is_active=True)
    return found.exclude(account=but).order_by().values_list(Length("place__path"), "account_id")


HOLDERS = Worded(_held, ids=list, roles=list, but=int, on=date)


class RightsAsOffices:
    """Rights in force, as messages see them."""

    def holders(self, place_id: int, roles: frozenset[str], *, but: int | None) -> Sequence[int]:
        """Accounts that hold one of the roles at the place, or at the nearest one above where somebody does."""
        return self.holders_along(Place.objects.values_list("path", flat=True).get(pk=place_id), roles, but=but)

    def holders_along(self, path: str, roles: frozenset[str], *, but: int | None) -> Sequence[int]:
        """The same, where the path of the place is known."""
        ids = list(ids_of(path))
        lines = HOLDERS(ids=ids, roles=sorted(roles), but=but or 0, on=clock.today())
        deepest = max((depth for depth, _account in lines), default=0)
        return sorted({account for depth, account in lines if depth == deepest})

    def rights_of(self, account_id: int) -> Sequence[tuple[str, str]]:
        """The rights of work an account holds today, as role and path."""
        found = Grant.objects.filter(in_force(clock.today()), account_id=account_id, account__is_active=True)
        held = found.exclude(role=Role.WORKER.value).order_by("id")
        return list(held.values_list("role", "place__path"))


OFFICES = RightsAsOffices()
