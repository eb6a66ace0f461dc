"""Who handles a request in this tree (由谁办), and who has to keep away from it; worked out beyond what the asker may see."""

from collections.abc import Iterable

from niangjia.kernel import clock
from niangjia.kernel.access.models import Grant
from niangjia.kernel.access.queries import in_force
from niangjia.kernel.access.rules import Role
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.rules import Level, ids_of
from niangjia.registers.employers.models import Coverage, Employer
from niangjia.registers.members.models import Membership
from niangjia.registers.members.queries import HOLDING
from niangjia.services.requests.rules.kinds import Kind
from niangjia.services.requests.rules.routing import BarReason, Duty, Spot, barred_from, handling_spot
from niangjia.services.requests.rules.workflow import HANDLERS

# Where a request is counted: the town, or what stands in its stead.
COUNTED_LEVELS = (Level.TOWN.value, Level.COUNTY.value)


def own_union(subject_id: int) -> Place | None:
    """The union that somebody belongs to now, else the last one."""
    held = Membership.objects.filter(person=subject_id).select_related("union__place").order_by("-period", "-pk")
    present = held.filter(period__upper_inf=True, state__in=HOLDING).first() or held.first()
    return present.union.place if present else None


def own_employer_id(subject_id: int) -> int | None:
    """Where somebody works, as the register knows it: by her membership, or the one employer her union covers."""
    held = Membership.objects.filter(person=subject_id, period__upper_inf=True, state__in=HOLDING).first()
    if held is None:
        return None
    if held.employer_id is not None:
        return held.employer_id
    covered = list(
        Coverage.objects.filter(union=held.union_id, valid_to=None).values_list("employer_id", flat=True)[:2]
    )
    return covered[0] if len(covered) == 1 else None


def way_up(place: Place) -> list[Spot]:
    """The unions from this one to the top of its tree, the nearest first; closed ones are passed over."""
    found = {row.pk: row for row in Place.objects.filter(pk__in=ids_of(place.path), closed_on=None)}
    ids = [pk for pk in reversed(ids_of(place.path)) if pk in found]
    return [spot_of(found[pk]) for pk in ids]


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
    held = Grant.objects.filter(in_force(clock.today()), role__in=HANDLERS, account__is_active=True)
    there = set(held.filter(place__in=[spot.place_id for spot in found]).values_list("place_id", flat=True))
    return [spot for spot in found if spot.place_id in there]


def handling_place(begin: Place, kind: Kind, *, accused: Place | None) -> Place | None:
    """The union that gets the request first, and where somebody handles; None where no union is high enough."""
    spots, about = way_up(begin), accused.path if accused else ""
    with beyond(Purpose.CASES):
        there = staffed(spots)
    found = handling_spot(there, kind, accused=about) or handling_spot(spots, kind, accused=about)
    return Place.objects.get(pk=found.place_id) if found else None


def counted_place(begin: Place, handling: Place) -> Place:
    """Where it is counted: the town that the union stands in, or the county, else where it is handled."""
    above = Place.objects.filter(pk__in=ids_of(begin.path), level__in=COUNTED_LEVELS)
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
        today = clock.today()
        above = Grant.objects.filter(in_force(today), role__in=HANDLERS, place_id__in=ids_of(handling.path))
        held = Grant.objects.filter(in_force(today), account__in=above.values("account")).select_related(
            "place", "account"
        )
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
