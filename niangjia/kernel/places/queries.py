"""The tree of places as it is, and as it was on any past day."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.module_loading import import_string

from niangjia.kernel.chinese import Reason
from niangjia.kernel.places.models import Place, PlaceStanding, SecondStanding


def subtree(paths: Iterable[str]) -> QuerySet[Place]:
    """Every place at or below these paths; no path, no place, and the operator's empty path is the whole tree."""
    wanted = tuple(paths)
    if "" in wanted:
        return Place.objects.all()
    scope = Q(pk__in=[])
    for path in wanted:
        scope |= Q(path__startswith=path)
    return Place.objects.filter(scope)


def standing_on(day: date) -> QuerySet[PlaceStanding]:
    """Where every place stood on a day (那一天的组织树)."""
    later = PlaceStanding.objects.filter(place=OuterRef("place"), since__gt=OuterRef("since"), since__lte=day)
    is_open = Q(place__closed_on=None) | Q(place__closed_on__gte=day)
    return PlaceStanding.objects.filter(is_open, ~Exists(later), since__lte=day)


def second_standing_on(day: date) -> QuerySet[SecondStanding]:
    """Which places stood under a second one on a day."""
    return SecondStanding.objects.filter(period__contains=day)


def place_names(place_ids: Iterable[int]) -> dict[int, str]:
    """The names that registers give to places, by the function wired in `NIANGJIA_PLACE_NAMES`."""
    wanted = [place_id for place_id in place_ids if place_id]
    if not wanted or not settings.NIANGJIA_PLACE_NAMES:
        return {}
    names: dict[int, str] = import_string(settings.NIANGJIA_PLACE_NAMES)(wanted)
    return names


def with_place_name(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Each row with `place_name`, the name of the place in its `place`, by what is wired in `NIANGJIA_PLACE_NAME_OF_ROW`."""
    return rows.annotate(place_name=import_string(settings.NIANGJIA_PLACE_NAME_OF_ROW)())


def place_meant(reference: str, paths: Iterable[str]) -> Place | Reason:
    """The place somebody means at or below these paths, by the function wired in `NIANGJIA_PLACE_MEANT`."""
    found: Place | Reason = import_string(settings.NIANGJIA_PLACE_MEANT)(reference, tuple(paths))
    return found
