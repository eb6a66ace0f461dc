"""Who holds an office (岗位) now: what messages ask about rights."""

from collections.abc import Sequence

from django.db.models.functions import Length

from niangjia.kernel import clock
from niangjia.kernel.access.models import Grant
from niangjia.kernel.access.queries import in_force
from niangjia.kernel.access.rules import Role
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.rules import ids_of


class RightsAsOffices:
    """Rights in force, as messages see them."""

    def holders(self, place_id: int, roles: frozenset[str], *, but: int | None) -> Sequence[int]:
        """Accounts that hold one of the roles at the place, or at the nearest one above where somebody does."""
        path = Place.objects.values_list("path", flat=True).get(pk=place_id)
        found = Grant.objects.filter(in_force(clock.today()), role__in=roles, account__is_active=True)
        found = found.filter(place_id__in=ids_of(path)).exclude(account=but or 0)
        lines = list(found.annotate(depth=Length("place__path")).values_list("depth", "account_id"))
        deepest = max((depth for depth, _account in lines), default=0)
        return sorted({account for depth, account in lines if depth == deepest})

    def rights_of(self, account_id: int) -> Sequence[tuple[str, str]]:
        """The rights of work an account holds today, as role and path."""
        found = Grant.objects.filter(in_force(clock.today()), account_id=account_id, account__is_active=True)
        held = found.exclude(role=Role.WORKER.value).order_by("id")
        return list(held.values_list("role", "place__path"))


OFFICES = RightsAsOffices()
