"""What holds at a place, where it comes from, and which changes wait for whom."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from niangjia.kernel.access.rules import Actor, Move, Right
from niangjia.kernel.dated.declared import declared
from niangjia.kernel.dated.queries import default_of, in_force, region_names
from niangjia.kernel.dated.rules import Parameter, ParameterKey, chain_of, nearest
from niangjia.kernel.parameters.models import ParameterChange
from niangjia.kernel.parameters.rules import SEE_PARAMETERS, SET_PARAMETER, State
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.rules import Level, ids_of


@dataclass(frozen=True)
class Standpoint:
    """From where parameters are looked at: the place of the desk and its region."""

    place: Place
    region: str


@dataclass(frozen=True)
class Held:
    """A parameter as it holds somewhere: the declaration, and the value; none where nobody set one."""

    key: ParameterKey
    value: Parameter | None


def standpoint(actor: Actor, move: Move = SEE_PARAMETERS) -> Standpoint | None:
    """Where the actor stands at the desk; None where no right of hers has parameters."""
    right = next((right for right in actor.rights if right.role in move.roles), None)
    place = Place.objects.filter(pk=_looked_at(actor, right)).first() if right else None
    return Standpoint(place, region_of(place)) if place else None


def _looked_at(actor: Actor, right: Right) -> int:
    """The place that the desk looks at, else the one of the right."""
    line = ids_of(actor.at)
    return line[-1] if line and actor.at.startswith(right.path) else right.place_id


def region_of(place: Place) -> str:
    """The region of a place, by the function wired in `NIANGJIA_PLACE_REGION`, else its city."""
    found: str = import_string(settings.NIANGJIA_PLACE_REGION)(place.pk) if settings.NIANGJIA_PLACE_REGION else ""
    return found or place.city


def may_set(actor: Actor, place: Place) -> bool:
    """Whether the actor enters values for the region of a place: a county's or a higher one's, never from below."""
    return Level(place.level).rank <= Level.COUNTY.rank and any(
        place.path.startswith(path) for path in actor.paths(SET_PARAMETER)
    )


def held_at(region: str, *, on: date) -> list[Held]:
    """Every declared parameter as it holds in a region on a day, in the order of the slices."""
    found = in_force(declared(), region=region, on=on)
    return [Held(key, nearest(found.get(name, ()), region) or default_of(name)) for name, key in declared().items()]


def line_of(key: str, region: str, *, on: date) -> list[tuple[str, Parameter | None]]:
    """The value of the region and of each above it, the nearest first, and last the default: the first that is there holds."""
    by_region = {each.region_code: each for each in in_force((key,), region=region, on=on).get(key, ())}
    return [(code, by_region.get(code)) for code in chain_of(region)]


def names_of(codes: set[str], *, on: date) -> dict[str, str]:
    """Names of regions."""
    return region_names(codes, on=on)


def visible_to(actor: Actor) -> QuerySet[ParameterChange]:
    """Changes at the actor's places and below them."""
    scope = Q(pk__in=[])
    for path in actor.paths(SEE_PARAMETERS):
        scope |= Q(place__path__startswith=path)
    return ParameterChange.objects.filter(scope).select_related("place", "entered_by", "decided_by")


def waiting_for(actor: Actor) -> QuerySet[ParameterChange]:
    """Changes of others that this actor may decide on now."""
    if not actor.paths(SET_PARAMETER) or actor.account_id is None:
        return ParameterChange.objects.none()
    waiting = visible_to(actor).filter(state=State.WAITS.value).exclude(entered_by_id=actor.account_id)
    return waiting.order_by("id")
