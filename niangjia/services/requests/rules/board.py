"""The board (看板): which parts of a whole may be told, the middle of many days, ages in bands, months and quarters as spans."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from niangjia.kernel.chinese import gettext_noop
from niangjia.services.requests.rules.hotspots import MONTHS_OF_A_QUARTER

MONTHS_OF_A_YEAR = 12


class Span(NamedTuple):
    """Days from one up to, and without, another."""

    begin: date
    end: date


class Band(NamedTuple):
    """An age of what is open (没办结多久): up to so many days, None for whatever is older."""

    most_days: int | None
    words: str


BANDS: tuple[Band, ...] = (
    Band(3, gettext_noop("3 天以内")),
    Band(10, gettext_noop("4 到 10 天")),
    Band(30, gettext_noop("11 到 30 天")),
    Band(60, gettext_noop("31 到 60 天")),
    Band(None, gettext_noop("60 天以上")),
)
# How far back a board looks, in months, the running one among them.
BACK: Mapping[str, int] = {"3m": 3, "12m": 12, "24m": 24}


def band_of(days: int) -> Band:
    """The band of an age."""
    return next(band for band in BANDS if band.most_days is None or days <= band.most_days)


def months_back(today: date, number: int) -> list[date]:
    """The first days of so many months, the running one last."""
    last = today.year * MONTHS_OF_A_YEAR + today.month - 1
    return [date(at // MONTHS_OF_A_YEAR, at % MONTHS_OF_A_YEAR + 1, 1) for at in range(last - number + 1, last + 1)]


def month_after(first: date) -> date:
    """The first day of the month after one."""
    at = first.year * MONTHS_OF_A_YEAR + first.month
    return date(at // MONTHS_OF_A_YEAR, at % MONTHS_OF_A_YEAR + 1, 1)


def span_of(came: str, *, today: date) -> Span | None:
    """The days that are meant by `3m`, `12m`, `24m` or a month such as `2026-11`; None where nothing is."""
    if came in BACK:
        return Span(months_back(today, BACK[came])[0], month_after(today.replace(day=1)))
    try:
        first = date.fromisoformat(f"{came}-01")
    except ValueError:
        return None
    return Span(first, month_after(first)) if first.year < date.max.year else None


def span_of_quarter(quarter: str) -> Span:
    """The days of a quarter such as `2026Q3`."""
    months = months_of(quarter)
    return Span(months[0], month_after(months[-1]))


def months_of(quarter: str) -> list[date]:
    """The first days of the months of a quarter."""
    year, number = int(quarter[:4]), int(quarter[-1])
    return [date(year, (number - 1) * MONTHS_OF_A_QUARTER + month, 1) for month in (1, 2, 3)]


def told_parts(parts: Mapping[str, int], *, k: int, whole_is_told: bool) -> dict[str, int | None]:
    """The parts of a whole as they may be told, None where withheld: those below k, and as few others as keep them hidden.

    Who knows the whole and the told parts knows what the hidden ones come to: they must be two at least, and k together.
    Where the whole is withheld, one part at least is withheld with it.
    """
    hidden = {name for name, number in parts.items() if number < k}
    rest = sorted((number, name) for name, number in parts.items() if name not in hidden)
    while rest and not _is_safe([parts[name] for name in hidden], k=k, whole_is_told=whole_is_told):
        hidden.add(rest.pop(0)[1])
    return {name: None if name in hidden else number for name, number in parts.items()}


def _is_safe(hidden: list[int], *, k: int, whole_is_told: bool) -> bool:
    if not whole_is_told:
        return bool(hidden)
    return not hidden or (len(hidden) > 1 and sum(hidden) >= k)


def middle(counted: Mapping[int, int]) -> float | None:
    """The middle (中位数) of numbers, each counted so often; None of nothing."""
    number = sum(counted.values())
    if not number:
        return None
    low, high = _at(counted, (number - 1) // 2), _at(counted, number // 2)
    return (low + high) / 2


def _at(counted: Mapping[int, int], place: int) -> int:
    """Which number stands at a place, all of them in a row."""
    passed = 0
    for value in sorted(counted):
        passed += counted[value]
        if place < passed:
            return value
    raise IndexError(place)
