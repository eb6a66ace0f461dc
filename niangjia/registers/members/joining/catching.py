"""Set which union takes in whoever drives, delivers or works by the piece (兜底工会): data of the county, no constant."""

from django.db import transaction

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.journal.services import record
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.rules import Level
from niangjia.registers.members.joining.models import CatchAll
from niangjia.registers.members.joining.queries import joinable
from niangjia.registers.members.joining.rules.moves import SET_CATCH_ALL
from niangjia.registers.members.joining.rules.trades import BY_KEY
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.queries import meant_within

HIGH = (Level.COUNTY.value, Level.CITY.value)


class NotSet(Exception):
    """Nothing was set; `reason` says why and what next."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


def place_for(actor: Actor) -> Place | None:
    """For which county the actor sets it: where she works."""
    ids = [right.place_id for right in actor.rights if right.role in SET_CATCH_ALL.roles]
    return Place.objects.filter(pk__in=ids, level__in=HIGH, closed_on=None).order_by("-path").first()


def may_set_catch_all(actor: Actor) -> bool:
    """Whether the actor works at a county, or above."""
    return place_for(actor) is not None


@transaction.atomic
def set_catch_all(trade: str, reference: str, *, by: Actor) -> CatchAll | None:
    """Say which union takes them in (指定兜底工会), or, with no reference, that none does any more; what was set ends."""
    place = place_for(by)
    if place is None or trade not in BY_KEY:
        raise Forbidden("no_role")
    union = _union(reference, place) if reference.strip() else None
    before = CatchAll.objects.select_for_update().filter(place=place, trade=trade, until=None).first()
    if before is not None and union is not None and before.union_id == union.pk:
        return before
    CatchAll.objects.filter(place=place, trade=trade, until=None).update(until=clock.now())
    made = None
    if union is not None:
        made = CatchAll.objects.create(
            city=place.city, place=place, union=union, trade=trade, since=clock.now(), set_by_id=by.account_id
        )
    detail = {"trade": trade, "union": union.code if union else ""}
    record("set_catch_all", by=by, thing="union", thing_id=place.pk, place=(place.city, place.pk), detail=detail)
    return made


def _union(reference: str, place: Place) -> Union:
    """A union of this county that takes members in."""
    found = meant_within(reference.strip(), [place.path])
    if isinstance(found, Reason):
        raise NotSet(found)
    if not joinable().filter(pk=found.pk).exists():
        raise NotSet(Reason("takes_nobody", _TAKES_NOBODY, {"name": found.name}))
    return found


_TAKES_NOBODY = gettext_noop("「{name}」不直接收会员。写一个基层工会，或者乡镇、村、园区的联合工会。")
