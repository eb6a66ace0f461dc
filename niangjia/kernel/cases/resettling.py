"""Cases of a place that ends lie at another one from then on (随建制调整): open ones, with the same times and the same askers."""

from datetime import datetime

from django.db import transaction

from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.cases.handing import in_hands
from niangjia.kernel.cases.making import Act, write
from niangjia.kernel.cases.models import Case, Holding, HoldingPart
from niangjia.kernel.cases.rules import CLOCK
from niangjia.kernel.places.models import Place


@transaction.atomic(savepoint=False)
@beyond(Purpose.CASES)
def resettle(former_id: int, to: Place, *, at: datetime) -> int:
    """Every open case of a place lies at another one (转到接办单位), in nobody's hands; answers how many.

    Nobody hands it over and nobody takes it: the place that had it is not there any more. Places that helped or looked on are
    followed, too.
    """
    cases = list(Case.objects.select_for_update(of=("self",)).filter(place=former_id, closed_at=None).order_by("pk"))
    for case in cases:
        _settle(case, former_id, to, at=at)
    others = Holding.objects.filter(place=former_id, until=None, case__closed_at=None)
    for holding in others.exclude(part=HoldingPart.HANDLES.value).select_related("case").order_by("pk"):
        _follow(holding, to, at=at)
    return len(cases)


def _settle(case: Case, former_id: int, to: Place, *, at: datetime) -> None:
    rows = Holding.objects.filter(case=case, until=None)
    knows_who = rows.filter(place=former_id, knows_who=True).exists()
    rows.filter(place__in=(former_id, to.pk)).update(until=at)
    Holding.objects.create(
        city=case.city, case=case, place=to, part=HoldingPart.HANDLES.value, knows_who=knows_who, since=at
    )
    case.place = to
    in_hands(case, None)
    write(case, "accept", Act(CLOCK, at, is_own=False), is_told=False)


def _follow(holding: Holding, to: Place, *, at: datetime) -> None:
    Holding.objects.filter(pk=holding.pk).update(until=at)
    if not Holding.objects.filter(case=holding.case_id, place=to, until=None).exists():
        Holding.objects.create(
            city=holding.city,
            case_id=holding.case_id,
            place=to,
            part=holding.part,
            knows_who=holding.knows_who,
            since=at,
        )
