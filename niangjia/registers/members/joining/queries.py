"""Applications as they are found: by whose they are, by phone and number; and which unions one may apply to."""

from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet

from niangjia.kernel.places.rules import Level, ids_of
from niangjia.kernel.sealed import unseal
from niangjia.registers.employers.models import Employer
from niangjia.registers.members.joining.models import Application, CatchAll
from niangjia.registers.members.joining.rules.sealed_columns import SEALED_ID, SEALED_PHONE
from niangjia.registers.members.models import Membership
from niangjia.registers.members.queries import HOLDING
from niangjia.registers.orgs.models import Kind, Union
from niangjia.registers.orgs.queries import by_name_part, open_unions

# Members are taken in by a base union or a joint one; a branch and a group belong to one of these.
LEVELS = (Level.TOWN.value, Level.VILLAGE.value, Level.BASE.value)
PARTS = (Kind.BRANCH.value, Kind.GROUP.value)
SHORTEST, MOST_FOUND = 2, 20


def number_in(application: Application) -> str:
    """The whole number, for the checks of a service; never for a page. Empty once it was erased."""
    sealed = application.id_sealed
    return unseal(sealed, aad=f"{SEALED_ID}.{application.pk}") if sealed else ""


def phone_in(application: Application) -> str:
    """The whole phone, for the checks of a service; never for a page. Empty once it was erased."""
    sealed = application.phone_sealed
    return unseal(sealed, aad=f"{SEALED_PHONE}.{application.pk}") if sealed else ""


def of_phone(phone_blind: bytes) -> QuerySet[Application]:
    """Applications of whoever holds this phone and stands in no register by it: those are met by their record."""
    return Application.objects.filter(phone_blind=phone_blind, person=None, subject__person=None).order_by("pk")


def latest_of(subject_id: int) -> Application | None:
    """What this person applied for last, and what is not erased."""
    rows = Application.objects.filter(subject=subject_id, erased_at=None).select_related("union__place", "case")
    return rows.order_by("-pk").first()


def joinable() -> QuerySet[Union]:
    """The unions that take members in."""
    return open_unions().filter(place__level__in=LEVELS).exclude(kind__in=PARTS)


def joinable_with(code: str) -> Union | None:
    """The union of this code, or the one its branch or group belongs to; None where nobody can apply there."""
    union = Union.objects.select_related("place").filter(code=code).first()
    if union is None or union.place.closed_on is not None:
        return None
    above = {row.pk: row for row in joinable().filter(pk__in=ids_of(union.place.path))}
    if union.pk in above or union.kind not in PARTS:
        return above.get(union.pk)
    return next((above[pk] for pk in reversed(ids_of(union.place.path)) if pk in above), None)


def found_by(words: str) -> list[Union]:
    """Unions with these words in their name, by sound or initials, or in the name of an employer whose union they are."""
    tidy = words.strip()
    if len(tidy) < SHORTEST:
        return []
    named = list(by_name_part(joinable(), tidy).order_by("name", "pk")[:MOST_FOUND])
    employers = Employer.objects.filter(name__icontains=tidy, closed_on=None).values("pk")
    of_employers = Q(coverages__employer__in=employers, coverages__valid_to=None)
    beside = joinable().filter(of_employers).exclude(pk__in=[union.pk for union in named]).distinct()
    return [*named, *beside.order_by("name", "pk")[: MOST_FOUND - len(named)]]


def taking_in(trade: str) -> list[CatchAll]:
    """Which unions take whoever does this for a living, county by county."""
    rows = CatchAll.objects.filter(trade=trade, until=None, union__place__closed_on=None)
    return list(rows.select_related("union__place", "place__union").order_by("place__path"))


def set_for(place_id: int) -> QuerySet[CatchAll]:
    """What is set for a county now."""
    return CatchAll.objects.filter(place=place_id, until=None).select_related("union")


def held_now(people: Iterable[int]) -> dict[int, Membership]:
    """The one place in the tree that each of these persons holds now."""
    rows = Membership.objects.filter(person__in=list(people), period__upper_inf=True, state__in=HOLDING)
    return {row.person_id: row for row in rows.select_related("union")}


def open_with(id_blind: bytes, *, but: Sequence[int] = ()) -> QuerySet[Application]:
    """What is open with this number, whoever sent it."""
    return Application.objects.filter(id_blind=id_blind, settled_at=None).exclude(pk__in=but)
