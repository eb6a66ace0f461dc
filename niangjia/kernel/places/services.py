"""Open, move and close places: every change of the tree has its day, and the tree of any past day stays known."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, Q

from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.rules import COLUMN_LEVELS, Level, is_within, path_of

CHUNK = 5_000
COLUMNS = tuple(f"at_{level.value}" for level in COLUMN_LEVELS)
# What began on the day itself, or later, never was; what began before ends there. Then comes what is new.
GIVEN = "(SELECT * FROM unnest(%(places)s::bigint[], %(seconds)s::bigint[]) AS given(place_id, second_id))"
OTHER = """stood.place_id = given.place_id AND upper_inf(stood.period) AND stood.above_id IS DISTINCT FROM given.second_id"""
SECONDS = (
    f"DELETE FROM places_secondstanding stood USING {GIVEN} given WHERE {OTHER} AND lower(stood.period) >= %(on)s",  # noqa: S608 - our own names
    f"UPDATE places_secondstanding stood SET period = daterange(lower(stood.period), %(on)s) FROM {GIVEN} given WHERE {OTHER}",  # noqa: S608
    (
        "INSERT INTO places_secondstanding (place_id, above_id, period)"  # noqa: S608
        f" SELECT place_id, second_id, daterange(%(on)s, NULL) FROM {GIVEN} given WHERE second_id IS NOT NULL"
        " AND NOT EXISTS (SELECT FROM places_secondstanding stood WHERE stood.place_id = given.place_id AND upper_inf(stood.period))"
    ),
    (
        f"UPDATE places_place place SET second_parent_id = given.second_id FROM {GIVEN} given"  # noqa: S608
        " WHERE place.id = given.place_id AND place.second_parent_id IS DISTINCT FROM given.second_id"
    ),
)
# From which day on a place stands where it stands now.
_SINCE = Max("standings__since")
TREE_LOCK = 0x74726565  # changes of the tree go one after another; reading never waits


class CannotStand(Exception):
    """A place cannot stand where it was asked to, or cannot be closed; `reason` says why and what to do."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


@dataclass(frozen=True)
class NewPlace:
    """A place to be opened with many others: its id was reserved, its parent may be another one before it."""

    id: int
    level: Level
    city: str
    parent_id: int | None
    second_parent_id: int | None = None


@dataclass(frozen=True)
class Line:
    """A place's path, level, and its ancestors by level in the order of `COLUMNS`."""

    path: str
    level: Level
    ancestors: tuple[int | None, ...]


ABOVE_ALL = Line(path="", level=Level.NATION, ancestors=(None,) * len(COLUMNS))


@transaction.atomic
def open_place(
    level: Level, *, city: str, on: date, parent: Place | None = None, second_parent: Place | None = None
) -> Place:
    """Open a place under its parent from a day on."""
    new = NewPlace(
        id=reserve_ids(1)[0],
        level=level,
        city=city,
        parent_id=parent.pk if parent else None,
        second_parent_id=second_parent.pk if second_parent else None,
    )
    open_places([new], on=on)
    return Place.objects.get(pk=new.id)


def reserve_ids(count: int) -> list[int]:
    """The next ids of places, taken before the rows are written: a path holds the place's own id."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('places_place', 'id')) FROM generate_series(1, %s)", [count]
        )
        return [row[0] for row in cursor.fetchall()]


@transaction.atomic
def open_places(new: Sequence[NewPlace], *, on: date) -> None:
    """Open many places at once, parents before children; `CannotStand` where a parent is missing, closed or lower."""
    lock_tree()
    lines = _lines_of_parents(new)
    rows = []
    for place in new:
        parent = lines.get(place.parent_id) if place.parent_id else ABOVE_ALL
        if parent is None:
            raise CannotStand(Reason("parent_closed", _PARENT_CLOSED, {}))
        line = lines[place.id] = line_below(parent, place_id=place.id, level=place.level)
        rows.append(
            (
                place.id,
                place.city,
                place.level.value,
                place.parent_id,
                place.second_parent_id,
                line.path,
                *line.ancestors,
            )
        )
    for start in range(0, len(rows), CHUNK):
        _insert(rows[start : start + CHUNK], on=on)


def line_below(parent: Line, *, place_id: int, level: Level) -> Line:
    """Where a place stands that is opened under this parent; `CannotStand` where the parent is of a lower level."""
    if level.rank < parent.level.rank:
        raise CannotStand(Reason("level_order", _LEVEL_ORDER, {}))
    ancestors = tuple(
        place_id if column == level else above for column, above in zip(COLUMN_LEVELS, parent.ancestors, strict=True)
    )
    return Line(path=path_of(place_id, parent.path), level=level, ancestors=ancestors)


@transaction.atomic
def move_place(place: Place, parent: Place | None, *, on: date) -> Place:
    """Put a place with its whole subtree under another parent from a day on; the tree before that day stays as it was."""
    lock_tree()
    found = (
        Place.objects.filter(pk__in=[place.pk, parent.pk if parent else None]).annotate(stands_since=_SINCE).in_bulk()
    )
    place, above = found[place.pk], found[parent.pk] if parent else None
    if place.parent_id == (above.pk if above else None):
        return place
    _check_move(place, above, on=on)
    line = line_below(_line_of(above) if above else ABOVE_ALL, place_id=place.pk, level=Level(place.level))
    _move(place, line, parent_id=above.pk if above else None, on=on)
    place.parent, place.path = above, line.path
    for name, value in zip(COLUMNS, line.ancestors, strict=True):
        setattr(place, name, value)
    return place


@transaction.atomic
def close_place(place: Place, *, on: date) -> Place:
    """Close a place from the day after on; `CannotStand` while open places stand below it."""
    lock_tree()
    place = _fresh(place)
    if place.closed_on:
        return place
    if Place.objects.filter(Q(closed_on=None) | Q(closed_on__gt=on), parent=place).exists():
        raise CannotStand(Reason("places_below", _PLACES_BELOW, {}))
    if on < place.opened_on:
        raise CannotStand(Reason("closed_before_opened", _CLOSED_TOO_EARLY, {"day": place.opened_on.isoformat()}))
    _check_standing(place, on=on)
    Place.objects.filter(pk=place.pk, closed_on=None).update(closed_on=on)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE places_secondstanding SET period = daterange(lower(period), %s, '[]')"
            " WHERE place_id = %s AND upper_inf(period) AND lower(period) <= %s",
            [on, place.pk, on],
        )
    return _fresh(place)


@transaction.atomic
def set_second_parents(seconds: Mapping[int, int | None], *, on: date) -> None:
    """Put places under other second places from a day on, or under none; what was before that day stays known."""
    given: dict[str, Any] = {"places": list(seconds), "seconds": list(seconds.values()), "on": on}
    with connection.cursor() as cursor:
        for statement in SECONDS:
            cursor.execute(statement, given)


def lock_tree() -> None:
    """Wait until nobody else is changing the tree; held to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TREE_LOCK])


def _fresh(place: Place) -> Any:
    """The place as it is now, with the first day of its last standing."""
    return Place.objects.annotate(stands_since=_SINCE).get(pk=place.pk)


def _line_of(place: Place) -> Line:
    return Line(path=place.path, level=Level(place.level), ancestors=tuple(getattr(place, name) for name in COLUMNS))


def _lines_of_parents(new: Sequence[NewPlace]) -> dict[int, Line]:
    own = {place.id for place in new}
    wanted = {place.parent_id for place in new if place.parent_id and place.parent_id not in own}
    return {place.pk: _line_of(place) for place in Place.objects.filter(pk__in=wanted, closed_on=None)}


def _check_move(place: Place, parent: Place | None, *, on: date) -> None:
    if place.closed_on:
        raise CannotStand(Reason("closed", _CLOSED, {"day": place.closed_on.isoformat()}))
    if parent and is_within(parent.path, place.path):
        raise CannotStand(Reason("under_itself", _UNDER_ITSELF, {}))
    if parent and parent.closed_on:
        raise CannotStand(Reason("parent_closed", _PARENT_CLOSED, {}))
    _check_standing(place, on=on)


def _check_standing(place: Any, *, on: date) -> None:
    """It has not begun to stand elsewhere since that day; the place was read with the first day of its last standing."""
    since: date = place.stands_since
    if on < since:
        raise CannotStand(Reason("moved_since", _MOVED_SINCE, {"day": since.isoformat()}))


def _insert(rows: Sequence[tuple[Any, ...]], *, on: date) -> None:
    types = ("bigint", "text", "text", "bigint", "bigint", "text") + ("bigint",) * len(COLUMNS)
    arrays = ", ".join(f"%s::{kind}[]" for kind in types)
    names = ", ".join(("id", "city", "level", "parent_id", "second_parent_id", "path", *COLUMNS))
    columns = [list(column) for column in zip(*rows, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO places_place ({names}, opened_on) SELECT t.*, %s FROM unnest({arrays}) AS t",  # noqa: S608 - names of our own columns
            [on, *columns],
        )
        ours = ", ".join(("path", *COLUMNS))
        cursor.execute(
            f"INSERT INTO places_placestanding (place_id, parent_id, since, {ours})"  # noqa: S608 - as above
            f" SELECT id, parent_id, opened_on, {ours} FROM places_place WHERE id = ANY(%s)",
            [columns[0]],
        )
        cursor.execute(
            "INSERT INTO places_secondstanding (place_id, above_id, period)"
            " SELECT id, second_parent_id, daterange(opened_on, NULL) FROM places_place"
            " WHERE id = ANY(%s) AND second_parent_id IS NOT NULL",
            [columns[0]],
        )


def _above(line: Line) -> Iterator[tuple[str, int | None]]:
    for name, value, level in zip(COLUMNS, line.ancestors, COLUMN_LEVELS, strict=True):
        if level.rank < line.level.rank:
            yield name, value


def _move(place: Place, line: Line, *, parent_id: int | None, on: date) -> None:
    """Give a moved subtree its new paths, and begin what stands from the day on; in one statement.

    A standing begun that same day, or later, is corrected. What is closed already, but later than the day, moves too: its last
    days stand under the new parent.
    """
    above = dict(_above(line))
    given = {"place": place.pk, "parent": parent_id, "old": place.path, "new": line.path, "cut": len(place.path) + 1}
    with connection.cursor() as cursor:
        cursor.execute(_moving(tuple(above)), given | {"on": on} | {f"new_{name}": above[name] for name in above})


@cache
def _moving(above: tuple[str, ...]) -> str:
    """The statement of a move that changes these columns beside the paths."""
    names = ("parent_id", "path", *COLUMNS)
    ours = ", ".join(names)
    return (
        "WITH place AS (UPDATE places_place SET path = %(new)s || substr(path, %(cut)s),"  # noqa: S608 - names of our own columns
        f" parent_id = CASE WHEN id = %(place)s THEN %(parent)s ELSE parent_id END{''.join(f', {name} = %(new_{name})s' for name in above)}"
        f" WHERE path ^@ %(old)s RETURNING id, opened_on, closed_on, {ours}),"
        f" corrected AS (UPDATE places_placestanding AS later SET {', '.join(f'{name} = place.{name}' for name in names)}"
        " FROM place WHERE later.place_id = place.id AND later.since > %(on)s)"
        f" INSERT INTO places_placestanding (place_id, since, {ours}) SELECT id, %(on)s, {ours} FROM place"
        " WHERE opened_on <= %(on)s AND (closed_on IS NULL OR closed_on >= %(on)s)"
        f" ON CONFLICT (place_id, since) DO UPDATE SET {', '.join(f'{name} = EXCLUDED.{name}' for name in names)}"
    )


_PARENT_CLOSED = gettext_noop("上级已经撤销，或者不在系统里。请另选一个上级。")
_LEVEL_ORDER = gettext_noop("上级的层级不能比它自己低。请换一个上级，或者改层级。")
_CLOSED = gettext_noop("它在 {day} 已经撤销，不能再换上级。")
_UNDER_ITSELF = gettext_noop("不能挂在自己或自己的下级下面。请另选一个上级。")
_MOVED_SINCE = gettext_noop("它在 {day} 刚换过上级，新的日子不能比这一天早。")
_PLACES_BELOW = gettext_noop("它下面还有没撤销的下级。先撤销下级，或者把下级挂到别处。")
_CLOSED_TOO_EARLY = gettext_noop("撤销的日子不能早于 {day}，那天它才成立。")
