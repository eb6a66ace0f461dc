"""Parks (园区), and which employers stand in them."""

from django.db import transaction
from django.db.models import QuerySet

from niangjia.kernel.access.queries import within
from niangjia.kernel.access.rules import Actor, Move
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.journal.services import record
from niangjia.registers.employers.models import Park
from niangjia.registers.employers.rules.moves import KEEP_PARKS, SEE_EMPLOYERS
from niangjia.registers.orgs.queries import visible_to as unions_visible_to
from niangjia.registers.orgs.rules.union_facts import tidy_union_name

LONGEST_NAME = 64


class ParkRefused(Exception):
    """Why a park cannot be entered."""

    def __init__(self, field: str, reason: Reason) -> None:
        super().__init__(f"{field}: {reason.code}")
        self.reasons = {field: reason}


def parks_seen(actor: Actor, *, move: Move = SEE_EMPLOYERS) -> QuerySet[Park]:
    """Parks in the actor's territory."""
    return Park.objects.filter(within(actor.paths(move), field="place__path")).order_by("name", "pk")


@transaction.atomic
def open_park(name: str, place_id: int, *, by: Actor) -> Park:
    """Enter a park (登记园区) in the territory of a union within the actor's reach."""
    union = unions_visible_to(by, move=KEEP_PARKS).filter(pk=place_id, place__closed_on=None).first()
    if union is None:
        raise ParkRefused("place", Reason("union_unknown", _UNION_UNKNOWN, {}))
    tidy = tidy_union_name(name)
    if not 1 < len(tidy) <= LONGEST_NAME:
        raise ParkRefused("name", Reason("name_invalid", _NAME_LENGTH, {}))
    if Park.objects.filter(city=union.city, name=tidy).exists():
        raise ParkRefused("name", Reason("park_known", _KNOWN, {"name": tidy}))
    park = Park.objects.create(city=union.city, place=union.place, name=tidy)
    detail = {"name": ["", tidy], "place": union.code}
    record("open_park", by=by, thing="park", thing_id=park.pk, place=(union.city, union.pk), detail=detail)
    return park


_UNION_UNKNOWN = gettext_noop("找不到这个工会，或者它不归您管。写工会编码或全称。")
_NAME_LENGTH = gettext_noop("园区名称写 2 到 64 个字。")
_KNOWN = gettext_noop("已经有「{name}」了，在登记单位时直接选它。")
