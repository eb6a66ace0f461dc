"""Who keeps a union's records: whom colleagues ask about it."""

from datetime import date
from typing import NamedTuple

from niangjia.kernel.access.models import Grant
from niangjia.kernel.access.queries import in_force
from niangjia.kernel.access.rules import Role
from niangjia.kernel.places.rules import ids_of
from niangjia.registers.orgs.models import Union

MOST_KEEPERS = 200
KEEPING = (Role.CHAIR, Role.CADRE, Role.OFFICER)


class Keeper(NamedTuple):
    """Who keeps a union's records (经办人): by which role, in the union itself or in one above it."""

    name: str
    post: str
    role: Role
    union: str
    is_above: bool


def keepers_of(union: Union, *, on: date) -> list[Keeper]:
    """Whom to ask about a union: who works at it that day, or at the nearest one above where somebody does."""
    rights = Grant.objects.filter(in_force(on), role__in=KEEPING, account__is_active=True)
    above = rights.filter(place_id__in=ids_of(union.place.path)).select_related("account", "place__union")
    found = list(above.order_by("role", "account__name", "pk")[:MOST_KEEPERS])
    nearest = max((right.place.path for right in found), key=len, default="")
    return [
        Keeper(
            right.account.name, right.account.post, Role(right.role), right.place.union.name, right.place_id != union.pk
        )
        for right in found
        if right.place.path == nearest
    ]
