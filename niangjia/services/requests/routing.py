"""Who handles a request in this tree (由谁办), and who has to keep away from it; worked out beyond what the asker may see."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Length

from niangjia.kernel import clock
from niangjia.kernel.access.models import Grant
from niangjia.kernel.access.queries import in_force
from niangjia.kernel.access.rules import Role
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.rules import Level, ids_of
from niangjia.kernel.worded import OneOf, Worded
from niangjia.registers.employers.models import Coverage, Employer
from niangjia.registers.members.models import Membership
from niangjia.registers.members.queries import HOLDING
from niangjia.services.requests.rules.kinds import Kind
from niangjia.services.requests.rules.routing import BarReason, Duty, Spot, barred_from, handling_spot
from niangjia.services.requests.rules.workflow import HANDLERS

MEMBERSHIPS = Worded(
    lambda subject: Membership.objects.filter(person=subject).select_related("union__place").order_by("-period", "-pk"),
    subject=int,
)
COVERED = Worded(
    lambda union: Coverage.objects.filter(union=union, valid_to=None).order_by().values_list("employer_id")[:2],
    union=int,
)
LINE = Worded(lambda ids: Place.objects.filter(OneOf("pk", ids)).order_by(Length("path")), ids=list)


def _handlers_at(ids: list[int], on: date) -> QuerySet[Grant]:
    return Grant.objects.filter(in_force(on), OneOf("place_id", ids), role__in=HANDLERS).order_by()


def _staffed(ids: list[int], on: date) -> QuerySet[Grant, Any]:
    return _handlers_at(ids, on).filter(account__is_active=True).values_list("place_id").distinct()


def _duties(ids: list[int], on: date) -> QuerySet[Grant]:
    """Every right of whoever handles at one of these places."""
    held = Grant.objects.filter(in_force(on), account__in=_handlers_at(ids, on).values("account"))
    return held.select_related("place", "account")


STAFFED = Worded(_staffed, ids=list, on=date)
DUTIES = Worded(_duties, ids=list, on=date)
# Where a request is counted: the town, or what stands in its stead.
COUNTED_LEVELS = (Level.TOWN.value, Level.COUNTY.value)


def memberships_of(subject_id: int) -> list[Membership]:
    """All memberships somebody has or had, the latest first; for `union_in` and `employer_in`."""
    return MEMBERSHIPS(subject=subject_id)


def union_in(held: Sequence[Membership]) -> Place | None:
    """The union that somebody with these memberships belongs to now, else the last one."""
    found = _present(held) or next(iter(held), None)
    return found.union.place if found else None


def employer_in(held: Sequence[Membership]) -> int | None:
    """Where she works, as the register knows it: by her membership, or the one employer her union covers."""
    present = _present(held)
    if present is None:
        return None
    if present.employer_id is not None:
        return present.employer_id
    covered = COVERED(union=present.union_id)
    return int(covered[0][0]) if len(covered) == 1 else None


def _present(held: Sequence[Membership]) -> Membership | None:
    return next((each for each in held if each.period.upper_inf and each.state in HOLDING), None)


def own_union(subject_id: int) -> Place | None:
    """The union that somebody belongs to now, else the last one."""
    return union_in(memberships_of(subject_id))


def line_of(place: Place) -> list[Place]:
    """The places from the top of its tree to this one, closed ones among them."""
    found: list[Place] = LINE(ids=list(ids_of(place.path)))
    return found


def way_up(place: Place) -> list[Spot]:
    """The unions from this one to the top of its tree, the nearest first; closed ones are passed over."""
    return _way_up(line_of(place))


def _way_up(line: Iterable[Place]) -> list[Spot]:
    return [spot_of(each) for each in reversed(list(line)) if each.closed_on is None]


def spot_of(place: Place) -> Spot:
    """A place as the rules see it."""
    return Spot(place.pk, place.path, Level(place.level))


def works_at(place_id: int, account_id: int) -> bool:
    """Whether somebody handles requests at this very place."""
    here = Grant.objects.filter(in_force(clock.today()), place_id=place_id, role__in=HANDLERS)
    return here.filter(account_id=account_id, account__is_active=True).exists()


def staffed(spots: Iterable[Spot]) -> list[Spot]:
    """Of these places, those where somebody handles."""
    found = list(spots)
    there = {place for (place,) in STAFFED(ids=[spot.place_id for spot in found], on=clock.today())}
    return [spot for spot in found if spot.place_id in there]


def handling_place(begin: Place, kind: Kind, *, accused: Place | None) -> Place | None:
    """The union that gets the request first, and where somebody handles; None where no union is high enough."""
    return handling_in(line_of(begin), kind, accused=accused)


def handling_in(line: Sequence[Place], kind: Kind, *, accused: Place | None) -> Place | None:
    """The same, where the line of places above her is known."""
    spots, about = _way_up(line), accused.path if accused else ""
    with beyond(Purpose.CASES):
        there = staffed(spots)
    found = handling_spot(there, kind, accused=about) or handling_spot(spots, kind, accused=about)
    return next(each for each in line if each.pk == found.place_id) if found else None


def counted_in(line: Iterable[Place], handling: Place) -> Place:
    """Where it is counted: the town of this line that the union stands in, or the county, else where it is handled."""
    above = [place for place in line if place.level in COUNTED_LEVELS]
    return max(above, key=lambda place: len(place.path), default=handling)


def unions_at(employer_id: int | None) -> tuple[Place, ...]:
    """The unions inside an employer: those that cover it, branches and groups of theirs being below them."""
    if employer_id is None:
        return ()
    rows = Place.objects.filter(union__coverages__employer=employer_id, union__coverages__valid_to=None)
    return tuple(rows.filter(level__in=(Level.BASE.value, Level.BRANCH.value, Level.GROUP.value)))


def to_keep_away(
    handling: Place, *, askers: frozenset[int], accused: Iterable[Place], employer_id: int | None
) -> dict[int, BarReason]:
    """Accounts whose office would bring them to this request, and who have to keep away from it (回避)."""
    with beyond(Purpose.CASES):
        held = DUTIES(ids=list(ids_of(handling.path)), on=clock.today())
        duties = [Duty(each.account_id, each.account.subject_id, Role(each.role), each.place.path) for each in held]
        subjects = {duty.subject_id for duty in duties if duty.subject_id is not None}
        colleagues = _colleagues(subjects, employer_id)
    return barred_from(
        duties, askers=askers, accused=frozenset(place.path for place in accused), colleagues=frozenset(colleagues)
    )


def _colleagues(subjects: Iterable[int], employer_id: int | None) -> set[int]:
    if employer_id is None:
        return set()
    unions = [place.pk for place in unions_at(employer_id)]
    rows = Membership.objects.filter(person__in=subjects, period__upper_inf=True, state__in=HOLDING)
    works = rows.filter(employer=employer_id) | rows.filter(union__in=unions)
    return set(works.values_list("person_id", flat=True))


def territory_of(employer_id: int) -> Place:
    """The union responsible for an employer's territory (属地工会)."""
    with beyond(Purpose.CASES):
        return Employer.objects.select_related("place").get(pk=employer_id).place
