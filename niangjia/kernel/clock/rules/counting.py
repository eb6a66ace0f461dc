"""The day on which a term ends (民法典第二百零一至二百零三条), step by step in words."""

from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from niangjia.kernel.chinese import Reason
from niangjia.kernel.clock.rules import steps
from niangjia.kernel.clock.rules.calendar import DAY, Calendar, TooFar
from niangjia.kernel.clock.rules.terms import PEOPLE_ZONE, Pause, Term, Unit, merged

_LAST_YEAR = 9999
_MONTHS = 12
_MIDNIGHT = time(0)
# From, to, and whether it lasts.
_Pause = tuple[datetime, datetime, bool]


@dataclass(frozen=True)
class Due:
    """When a term ends (到期): the day, the instant where it ends at one, and why, step by step.

    `is_provisional`: a day counts that no calendar is published for. `is_paused`: the clock stands and there is no last
    day yet; `on` and `at` are then those that it would have if it went on at the instant asked about.
    """

    on: date
    at: datetime | None
    is_provisional: bool
    reasons: tuple[Reason, ...]
    is_paused: bool = False


@dataclass(frozen=True)
class _Stop:
    """Days that do not count because the clock stood: the day it stopped does not, the day it went on does."""

    begin: date
    end: date
    lasts: bool = False


def due(start: date, term: Term, calendar: Calendar) -> Due:
    """The last day of a term in days, working days or months; the first day does not count (民法典第二百零一条)."""
    return _by_days(start, term, calendar, stops=())


def due_at(
    start: datetime,
    term: Term,
    calendar: Calendar,
    *,
    paused: Sequence[Pause] = (),
    at: datetime | None = None,
) -> Due:
    """The instant at which a term ends that began at an instant and stood still in between; judged at the instant `at`."""
    pauses = merged(paused, at=at)
    if term.unit is Unit.HOURS:
        return _by_hours(start, term, calendar, pauses=pauses)
    stops = [_Stop(_day(begin), _day(end), lasts) for begin, end, lasts in pauses]
    found = _by_days(_day(start), term, calendar, stops=stops)
    closes = term.bands[-1].closes if term.bands else None
    ends_at = datetime.combine(found.on, closes, PEOPLE_ZONE) if closes else _midnight_after(found.on)
    return Due(found.on, ends_at, found.is_provisional, found.reasons, found.is_paused)


def _by_days(start: date, term: Term, calendar: Calendar, *, stops: Sequence[_Stop]) -> Due:
    if term.unit is Unit.HOURS:
        message = "hours are counted from an instant: use due_at"
        raise ValueError(message)
    last, stood = _last_day(start, term, calendar, stops)
    on = calendar.working_day_from(last) if term.rolls and term.unit is not Unit.WORKING_DAYS else last
    is_provisional = _depends_on_unpublished(start, term, calendar, days=(last, on))
    reasons = [
        *steps.of_count(start, term, calendar, last=last),
        *(steps.of_stop(stop.begin, stop.end, lasts=stop.lasts) for stop in stood),
        *steps.of_end(term, calendar, last=last, on=on),
        *steps.of_doubt(calendar, is_provisional=is_provisional),
    ]
    return Due(on, None, is_provisional, tuple(reasons), any(stop.lasts for stop in stood))


def _last_day(start: date, term: Term, calendar: Calendar, stops: Sequence[_Stop]) -> tuple[date, list[_Stop]]:
    """The last day before it is put off, and the stops that made it later; a clock that has run out cannot stop."""
    counted = _COUNTED[term.unit]
    last = counted(start, term.number, 0, calendar)
    stood: list[_Stop] = []
    shift = 0
    for stop in stops:
        begin = max(stop.begin, start + DAY)
        if begin > last:
            break
        if stop.end > begin:
            shift += _stood_still(begin, stop.end, term.unit, calendar)
            last = counted(start, term.number, shift, calendar)
        if stop.end > begin or stop.lasts:
            stood.append(stop)
    return last, stood


def _stood_still(begin: date, end: date, unit: Unit, calendar: Calendar) -> int:
    """How many days of a kind do not count from the day of stopping up to the day before going on."""
    if unit is Unit.WORKING_DAYS:
        return calendar.working_days_between(begin - DAY, end - DAY)
    return (end - begin).days


def _days_later(start: date, number: int, shift: int, _calendar: Calendar) -> date:
    ordinal = start.toordinal() + number + shift
    if ordinal > date.max.toordinal():
        raise TooFar
    return date.fromordinal(ordinal)


def _working_days_later(start: date, number: int, shift: int, calendar: Calendar) -> date:
    return calendar.working_day_after(start, number + shift)


def _months_later(start: date, number: int, shift: int, calendar: Calendar) -> date:
    """The same day of a later month, or the last of that month (民法典第二百零二条)."""
    years, month = divmod(start.month - 1 + number, _MONTHS)
    year = start.year + years
    if year > _LAST_YEAR:
        raise TooFar
    day = min(start.day, monthrange(year, month + 1)[1])
    return _days_later(date(year, month + 1, day), 0, shift, calendar)


_COUNTED: dict[Unit, Callable[[date, int, int, Calendar], date]] = {
    Unit.DAYS: _days_later,
    Unit.WORKING_DAYS: _working_days_later,
    Unit.MONTHS: _months_later,
}


def _depends_on_unpublished(start: date, term: Term, calendar: Calendar, *, days: tuple[date, date]) -> bool:
    """Whether the last day could be another one once a calendar is published."""
    if term.unit is Unit.WORKING_DAYS:
        return term.number > 0 and any(calendar.is_provisional(day) for day in (start + DAY, *days))
    return term.rolls and any(calendar.is_provisional(day) for day in days)


def _by_hours(start: datetime, term: Term, calendar: Calendar, *, pauses: Sequence[_Pause]) -> Due:
    """Hours count from the instant itself (民法典第二百零一条第二款), within bands where there are any."""
    try:
        ends_at = _hours_later(start, term, calendar, pauses)
    except OverflowError as far:
        raise TooFar from far
    stood = [(begin, end, lasts) for begin, end, lasts in pauses if begin < ends_at and (lasts or end > start)]
    on = _day(ends_at)
    is_provisional = bool(term.bands) and any(calendar.is_provisional(day) for day in (_day(start), on))
    reasons = (
        *steps.of_hours(start, term, ends_at=ends_at),
        *(steps.of_stop_at(begin, end, lasts=lasts) for begin, end, lasts in stood),
        *steps.of_doubt(calendar, is_provisional=is_provisional),
    )
    return Due(on, ends_at, is_provisional, reasons, any(lasts for _begin, _end, lasts in stood))


def _hours_later(start: datetime, term: Term, calendar: Calendar, pauses: Sequence[_Pause]) -> datetime:
    remaining = timedelta(hours=term.number)
    ends_at = start
    windows = _open_hours(start, term, calendar)
    while remaining:
        for begin, end in _without(pauses, *next(windows)):
            spent = remaining if end is None else min(remaining, end - begin)
            ends_at = begin + spent
            remaining -= spent
            if not remaining:
                break
    return ends_at


def _open_hours(start: datetime, term: Term, calendar: Calendar) -> Iterator[tuple[datetime, datetime | None]]:
    """The stretches in which the time runs, the first from the start on; without bands one that never ends."""
    if not term.bands:
        yield start, None
    day = calendar.working_day_from(_day(start))
    while True:
        for band in term.bands:
            opens = datetime.combine(day, band.opens, PEOPLE_ZONE)
            closes = datetime.combine(day, band.closes, PEOPLE_ZONE)
            if closes > start:
                yield max(opens, start), closes
        day = calendar.working_day_after(day, 1)


def _without(
    pauses: Sequence[_Pause], begin: datetime, end: datetime | None
) -> Iterator[tuple[datetime, datetime | None]]:
    """A stretch without the pauses in it."""
    for stops, goes_on, _lasts in pauses:
        if goes_on <= begin:
            continue
        if end is not None and stops >= end:
            break
        if stops > begin:
            yield begin, stops
        begin = goes_on
        if end is not None and begin >= end:
            return
    yield begin, end


def _day(instant: datetime) -> date:
    return instant.astimezone(PEOPLE_ZONE).date()


def _midnight_after(day: date) -> datetime:
    """A last day ends at 24:00 (民法典第二百零三条)."""
    if day == date.max:
        raise TooFar
    return datetime.combine(day + DAY, _MIDNIGHT, PEOPLE_ZONE)
