"""What stood where on a day, under the places of whoever asks; names as they were that day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.places.models import PlaceStanding
from niangjia.kernel.places.queries import second_standing_on, standing_on
from niangjia.kernel.places.rules import Level as Rank
from niangjia.kernel.places.rules import ids_of
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.past.figures import counted_on, figures_of_day, unions_below
from niangjia.registers.orgs.rules.moves import SEE_UNIONS

# What a change of a row left of the row before it: the first change after a day tells the name of that day.
NAMES = """
SELECT DISTINCT ON (pgh_obj_id) pgh_obj_id, name FROM orgs_unionevent
WHERE pgh_obj_id = ANY(%s) AND pgh_label = 'update' AND pgh_created_at >= %s ORDER BY pgh_obj_id, pgh_created_at, pgh_id
"""


@dataclass(frozen=True)
class Stood:
    """One union as it stood on a day: by its name of that day, with what stood below it then."""

    union: Union
    name: str
    path: str
    unions: int
    figures: dict[str, int] = field(default_factory=dict)
    second: str = ""

    @property
    def since(self) -> str:
        """What became of it: `closed`, `moved`, `renamed`, or nothing."""
        if self.union.place.closed_on is not None:
            return "closed"
        if self.union.place.path != self.path:
            return "moved"
        return "renamed" if self.union.name != self.name else ""


@dataclass(frozen=True)
class Level:
    """One level of the tree of a day: the line above, the union itself (none above everything), what stood right below."""

    on: date
    above: tuple[tuple[str, str], ...]
    here: Stood | None
    below: tuple[Stood, ...]


def level_on(actor: Actor, day: date, code: str = "") -> Level | None:
    """What stood at a union that day, and right below it; None where it did not stand in the actor's places then.

    Without a code: the actor's own place, or all of them where there are several.
    """
    tops = _tops(actor, day)
    if not code and len(tops) != 1:
        return Level(day, (), None, _as_stood(tops, day))
    here = tops[0] if not code else _found(code, day, tops)
    if here is None:
        return None
    below = _standings(day).filter(parent=here.place_id)
    top = next(top for top in tops if here.path.startswith(top.path))
    line = ids_of(here.path)[len(ids_of(top.path)) - 1 : -1]
    (stood,) = _as_stood([here], day)
    return Level(day, _line(line, day), stood, _as_stood(below, day))


def led_on(union: Union, day: date) -> list[Stood]:
    """What stood under a union, or one below it, in the second place that day (产业工会管的); wherever in the tree it stands."""
    here = standing_on(day).filter(place=union.pk).values_list("path", flat=True).first()
    if here is None:
        return []
    above = standing_on(day).filter(path__startswith=here).values("place")
    led = second_standing_on(day).filter(above__in=above).values("place")
    return list(_as_stood(_standings(day).filter(place__in=led), day))


def _standings(day: date) -> Any:
    return standing_on(day).select_related("place__union")


def _tops(actor: Actor, day: date) -> list[PlaceStanding]:
    """Where the actor's places stood that day, without those below another one of hers."""
    paths = actor.paths(SEE_UNIONS)
    own = Q(parent=None) if "" in paths else Q(place__in=[ids_of(path)[-1] for path in paths])
    found = list(_standings(day).filter(own).order_by("path"))
    return [each for each in found if not any(_is_below(each, other) for other in found)]


def _is_below(one: PlaceStanding, other: PlaceStanding) -> bool:
    return one.path != other.path and one.path.startswith(other.path)


def _found(code: str, day: date, tops: Iterable[PlaceStanding]) -> PlaceStanding | None:
    """The union of this code, where it stood that day below one of these."""
    found: PlaceStanding | None = _standings(day).filter(place__union__code=code).first()
    return found if found is not None and any(found.path.startswith(top.path) for top in tops) else None


def _as_stood(standings: Iterable[PlaceStanding], day: date) -> tuple[Stood, ...]:
    """The unions with their names and figures of that day, by level and name."""
    rows = list(standings)
    paths = [row.path for row in rows]
    seconds = dict(
        second_standing_on(day).filter(place__in=[row.place_id for row in rows]).values_list("place", "above")
    )
    names = names_on([row.place_id for row in rows] + list(seconds.values()), day)
    below = unions_below(paths, on=day)
    figures = {figure.key: counted_on(figure, paths, on=day) for figure in figures_of_day()}
    found = [
        Stood(
            row.place.union,
            names[row.place_id],
            row.path,
            below.get(row.path, 0),
            {key: counts.get(row.path, 0) for key, counts in figures.items()},
            names.get(seconds.get(row.place_id, 0), ""),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda each: (Rank(each.union.place.level).rank, each.name, each.union.pk)))


def _line(ids: Sequence[int], day: date) -> tuple[tuple[str, str], ...]:
    """Code and name of that day of each union above, the topmost first."""
    names = names_on(ids, day)
    codes = dict(Union.objects.filter(pk__in=ids).values_list("pk", "code"))
    return tuple((codes[pk], names[pk]) for pk in ids if pk in codes)


@beyond(Purpose.PAST_DAYS)
def names_on(ids: Iterable[int], day: date) -> dict[int, str]:
    """What these unions were called at the end of a day."""
    wanted = sorted(set(ids))
    names = dict(Union.objects.filter(pk__in=wanted).values_list("pk", "name"))
    after = datetime.combine(day + timedelta(days=1), time.min, tzinfo=clock.PEOPLE_ZONE)
    with connection.cursor() as cursor:
        cursor.execute(NAMES, [wanted, after])
        return names | dict(cursor.fetchall())
