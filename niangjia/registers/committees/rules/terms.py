"""Terms of office (届期): how long, until when, how far they may be extended, what is told before they end.

Sources: 工会法第十六条 (three or five years at the base, five above); extension of at most six months by approval of the
union above, days of the reminders: 本系统默认值.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.clock.rules.written import DayWritten
from niangjia.kernel.places.rules import Level
from niangjia.registers.orgs.rules import UnionKind

YEARS_AT_BASE, YEARS_ABOVE = (3, 5), (5,)
MOST_MONTHS = 6
# Days before the end on which people are reminded: our own default (本系统默认值).
REMIND_DAYS = (180, 90, 30)
RUN_OUT = 0


class Standing(StrEnum):
    """Where a term stands on a day (届期状态)."""

    NONE = "none"
    RUNNING = "running"
    SOON = "soon"
    EXTENDED = "extended"
    RUN_OUT = "run_out"


@dataclass(frozen=True)
class TermFacts:
    """What the approval says of a term (批复): how many years, from when, which document of which day."""

    years: int
    begins_on: date
    document_number: str
    approved_on: date


def years_allowed(level: Level, kind: UnionKind = UnionKind.BASE) -> tuple[int, ...]:
    """How many years a term may have: five from the county up and in industry unions, three or five below."""
    is_local = level.rank <= Level.COUNTY.rank or kind is UnionKind.INDUSTRY
    return YEARS_ABOVE if is_local else YEARS_AT_BASE


def last_day(begins_on: date, years: int) -> date:
    """The last day of a term: the eve of the day on which it began."""
    return _months_later(begins_on, 12 * years) - timedelta(days=1)


def years_fault(years: int, allowed: tuple[int, ...]) -> Reason | None:
    """Why a term cannot have so many years."""
    if years in allowed:
        return None
    return Reason("term_years", _YEARS_AT_BASE if allowed == YEARS_AT_BASE else _YEARS_ABOVE, {"years": years})


def term_faults(facts: TermFacts, *, allowed: tuple[int, ...], today: date) -> dict[str, Reason]:
    """What is wrong with an approval, by field."""
    faults: dict[str, Reason] = {}
    years = years_fault(facts.years, allowed)
    if years is not None:
        faults["years"] = years
    if not facts.document_number.strip():
        faults["document_number"] = Reason("document_missing", _DOCUMENT, {})
    if facts.approved_on > today:
        faults["approved_on"] = Reason("approved_later", _APPROVED_LATER, {})
    if facts.begins_on > today:
        faults["begins_on"] = Reason("begins_later", _BEGINS_LATER, {})
    return faults


def extension_fault(ends_on: date, until: date) -> Reason | None:
    """Why a term cannot be extended to a day."""
    latest = latest_extension(ends_on)
    if until <= ends_on:
        return Reason("extension_backwards", _NO_LONGER, {"day": DayWritten.of(ends_on)})
    if until > latest:
        return Reason("extension_too_long", _TOO_LONG, {"months": MOST_MONTHS, "day": DayWritten.of(latest)})
    return None


def latest_extension(ends_on: date) -> date:
    """The last day to which a term may be extended."""
    return _months_later(ends_on, MOST_MONTHS)


def standing_on(ends_on: date, extended_to: date | None, *, on: date) -> Standing:
    """Where a term stands on a day: near its end from half a year before."""
    last = extended_to or ends_on
    if on > last:
        return Standing.RUN_OUT
    if extended_to is not None and on > ends_on:
        return Standing.EXTENDED
    return Standing.SOON if (last - on).days <= REMIND_DAYS[0] else Standing.RUNNING


def reminder_due(last: date, *, on: date) -> int | None:
    """Which reminder a day calls for: 180, 90 or 30 days before the end, 0 once it is over; none where there is time."""
    left = (last - on).days
    return RUN_OUT if left < 0 else min((days for days in REMIND_DAYS if left <= days), default=None)


def furthest_reminder(on: date) -> date:
    """Terms that end by this day call for a reminder."""
    return on + timedelta(days=REMIND_DAYS[0])


def _months_later(day: date, months: int) -> date:
    """The same day so many months later, the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


_YEARS_AT_BASE = gettext_noop("《工会法》第十六条：基层工会委员会每届任期三年或者五年，不能是 {years} 年。")
_YEARS_ABOVE = gettext_noop("《工会法》第十六条：各级地方总工会和产业工会委员会每届任期五年，不能是 {years} 年。")
_DOCUMENT = gettext_noop("《工会法》第十二条：要报上一级工会批准。写上批复文号，批复下来再记。")
_APPROVED_LATER = gettext_noop("批复的日子还没有到。写批复上落款的那一天。")
_BEGINS_LATER = gettext_noop("这一届的第一天还没有到。到那一天，或者以后再记。")
_NO_LONGER = gettext_noop("这一届本来就到 {day}。延期要比它晚。")
_TOO_LONG = gettext_noop("延期不超过 {months} 个月（本系统默认值），最晚到 {day}。再长的，请抓紧换届。")
