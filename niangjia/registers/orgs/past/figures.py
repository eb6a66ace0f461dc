"""Figures of a past day beside the tree: each register counts its own (`NIANGJIA_FIGURES_OF_A_DAY`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import connection
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from niangjia.kernel.acting import Purpose, beyond

Words = str | Promise
# Everything that stood at or below each of these paths on a day; a path ends with a dot, and a slash comes right after it.
STOOD = """
SELECT top.path, %s FROM unnest(%%(paths)s::text[]) AS top(path)
JOIN places_placestanding stood ON stood.path >= top.path COLLATE "C" AND stood.path < left(top.path, -1) || '/'
  AND stood.since <= %%(on)s::date AND NOT EXISTS (SELECT FROM places_placestanding later
    WHERE later.place_id = stood.place_id AND later.since > stood.since AND later.since <= %%(on)s::date)
JOIN places_place standing ON standing.id = stood.place_id AND (standing.closed_on IS NULL OR standing.closed_on >= %%(on)s::date)
%s GROUP BY top.path
"""
UNIONS = STOOD % ("count(*) - 1", "")


@dataclass(frozen=True)
class FigureOfDay:
    """How many of something there were on a day (那一天的数): its name for programs, in words, and how it is counted.

    `joined` is SQL that joins its rows to `stood`, `counts` what is counted of them; `means` says how it is counted.
    """

    key: str
    words: Words
    means: Words
    counts: str
    joined: str


def figures_of_day() -> list[FigureOfDay]:
    """What registers count, in the order of the wiring."""
    return [import_string(name) for name in settings.NIANGJIA_FIGURES_OF_A_DAY]


def unions_below(paths: Sequence[str], *, on: date) -> dict[str, int]:
    """How many unions stood below each of these paths that day."""
    return _counted(UNIONS, paths, on)


def counted_on(figure: FigureOfDay, paths: Sequence[str], *, on: date) -> dict[str, int]:
    """How many there were at and below each path that day; also those that have gone elsewhere since."""
    return _counted(STOOD % (figure.counts, figure.joined), paths, on)


@beyond(Purpose.PAST_DAYS)
def _counted(statement: str, paths: Sequence[str], on: date) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"paths": list(paths), "on": on})
        return dict(cursor.fetchall())
