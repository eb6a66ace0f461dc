"""Who may bring in days off, and the months of a year with what each day is."""

from calendar import Calendar as Weeks
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.dated.queries import public_days, published_years
from niangjia.kernel.dated.rules import OneDay
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.rules import Level
from niangjia.kernel.workdays.rules import PUBLISH_CALENDAR

MONTHS = range(1, 13)
NOVEMBER = 11
# Down to which level one may act for the whole instance. 本系统默认值
_LOWEST = {Role.SYSTEM_ADMIN: Level.COUNTY, Role.CADRE: Level.CITY}


@dataclass(frozen=True)
class Cell:
    """A day of a month's sheet: what it is, and by which feast."""

    day: date
    form: str
    name: str = ""


def may_publish(actor: Actor) -> bool:
    """Whether the actor brings in days off: a cadre of the city or above, or a system administrator of a county or above.

    A cadre at the top of an instance that begins lower stands for the city.
    """
    if any(right.role is Role.OPERATOR for right in actor.rights):
        return True
    roles = {right.place_id: right.role for right in actor.rights if right.role in PUBLISH_CALENDAR.roles}
    places = Place.objects.filter(pk__in=roles).values_list("pk", "level", "parent_id") if roles else ()
    return any(Level(level).rank <= _LOWEST[roles[pk]].rank or parent is None for pk, level, parent in places)


def year_wanted(on: date) -> int | None:
    """The next year, from November on, while nothing is known of it; the notice usually comes then. 本系统默认值"""
    return on.year + 1 if on.month >= NOVEMBER and on.year + 1 not in published_years() else None


def told_of(year: int) -> list[OneDay]:
    """What the notice of a year says, day by day."""
    return [OneDay(each.year, each.day, each.is_working, each.name, each.source) for each in public_days(year)]


def months_of(year: int, days: Sequence[OneDay]) -> list[tuple[date, list[list[Cell | None]]]]:
    """Twelve sheets of weeks from Monday on; days of other months are left out."""
    told = {each.day: each for each in days}
    sheets = []
    for month in MONTHS:
        weeks = Weeks().monthdatescalendar(year, month)
        cells = [[_cell(day, told.get(day)) if day.month == month else None for day in week] for week in weeks]
        sheets.append((date(year, month, 1), cells))
    return sheets


def _cell(day: date, told: OneDay | None) -> Cell:
    if told is not None:
        return Cell(day, "worked" if told.is_working else "off", told.name)
    return Cell(day, "rest" if day.isoweekday() > 5 else "")
