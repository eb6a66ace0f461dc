"""How a last day came about, one step after the other, each with the article it follows."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime

from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.clock.rules.calendar import DAY, Calendar
from niangjia.kernel.clock.rules.terms import Term, Unit
from niangjia.kernel.clock.rules.written import DayWritten, MinuteWritten, MonthWritten

# So many stretches of days off, or days worked in their stead, are named; a term of years says how many there are.
MOST_NAMED = 4
_SATURDAY = 5


def of_count(start: date, term: Term, calendar: Calendar, *, last: date) -> Iterator[Reason]:
    """From which day, how many of what, up to which day."""
    yield from _of_source(term)
    if term.number == 0:
        yield Reason("same_day", _SAME_DAY, {"start": DayWritten.of(start)})
        return
    yield Reason("first_day", _FIRST_DAY, {"start": DayWritten.of(start), "next": DayWritten.of(start + DAY)})
    values: dict[str, str | int] = {"number": term.number, "last": DayWritten.of(last)}
    yield Reason(f"counted_{term.unit}", _COUNTED[term.unit], values)
    if term.unit is Unit.WORKING_DAYS:
        yield from _told_of(calendar, after=start, to=last)
    elif term.unit is Unit.MONTHS:
        yield from _of_month_end(start, term.number)


def _of_source(term: Term) -> Iterator[Reason]:
    if term.is_default:
        yield Reason("own_default", _OWN_DEFAULT, {})
    elif term.source:
        yield Reason("by_rule", _BY_RULE, {"source": term.source})


def _of_month_end(start: date, number: int) -> Iterator[Reason]:
    years, month = divmod(start.month - 1 + number, 12)
    year, month = start.year + years, month + 1
    if start.day > monthrange(year, month)[1]:
        yield Reason("month_end", _MONTH_END, {"month": MonthWritten.of(date(year, month, 1)), "day": start.day})


def _told_of(calendar: Calendar, *, after: date, to: date) -> Iterator[Reason]:
    """What the notice of the year says of the days counted: stretches off, weekend days worked."""
    off = calendar.off_between(after, to)
    stretches = [day for day in off if day - DAY not in calendar.days_off or day - DAY <= after]
    worked = calendar.made_up_between(after, to)
    if len(stretches) + len(worked) > MOST_NAMED:
        yield Reason("many_told", _MANY_TOLD, {"off": len(off), "worked": len(worked)})
        return
    for first in stretches:
        final = first
        while final + DAY in calendar.days_off:
            final += DAY
        yield Reason("days_off", _DAYS_OFF, {"first": DayWritten.of(first), "last": DayWritten.of(final)})
    for day in worked:
        yield Reason("worked", _WORKED, {"day": DayWritten.of(day)})


def of_end(term: Term, calendar: Calendar, *, last: date, on: date) -> Iterator[Reason]:
    """Why the last day is put off, or is not although it falls on a weekend."""
    values: dict[str, str | int] = {"last": DayWritten.of(last), "on": DayWritten.of(on)}
    if on != last:
        is_off = last in calendar.days_off
        code, sentence = ("put_off_holiday", _PUT_OFF_HOLIDAY) if is_off else ("put_off_weekend", _PUT_OFF_WEEKEND)
        yield Reason(code, sentence, values)
    elif term.unit is not Unit.WORKING_DAYS and term.rolls and last.weekday() >= _SATURDAY:
        yield Reason("make_up_day", _MAKE_UP_DAY, values)
    elif not term.rolls and not calendar.is_working(last):
        yield Reason("not_put_off", _NOT_PUT_OFF, values)


def of_stop(begin: date, end: date, *, lasts: bool) -> Reason:
    """Days on which the clock stood."""
    if lasts:
        return Reason("stands", _STANDS, {"begin": DayWritten.of(begin)})
    return Reason("stood", _STOOD, {"begin": DayWritten.of(begin), "end": DayWritten.of(end)})


def of_hours(start: datetime, term: Term, *, ends_at: datetime) -> Iterator[Reason]:
    """Hours from an instant on, and at which hours they run."""
    yield from _of_source(term)
    values: dict[str, str | int] = {
        "start": MinuteWritten.of(start),
        "number": term.number,
        "end": MinuteWritten.of(ends_at),
    }
    yield Reason("counted_hours", _COUNTED_HOURS, values)
    if term.bands:
        yield Reason("bands", _BANDS, {"bands": ", ".join(str(band) for band in term.bands)})


def of_stop_at(begin: datetime, end: datetime, *, lasts: bool) -> Reason:
    """Hours in which the clock stood."""
    if lasts:
        return Reason("stands", _STANDS, {"begin": MinuteWritten.of(begin)})
    return Reason("stood_hours", _STOOD_HOURS, {"begin": MinuteWritten.of(begin), "end": MinuteWritten.of(end)})


def of_doubt(calendar: Calendar, *, is_provisional: bool) -> Iterator[Reason]:
    """That a day may change, because nothing is published for it yet."""
    if is_provisional and calendar.published_to < calendar.published_from:
        yield Reason("nothing_published", _NOTHING_PUBLISHED, {})
    elif is_provisional:
        values: dict[str, str | int] = {
            "first": DayWritten.of(calendar.published_from),
            "last": DayWritten.of(calendar.published_to),
        }
        yield Reason("provisional", _PROVISIONAL, values)


_OWN_DEFAULT = gettext_noop("期限多长是本系统默认值，各地可以改。")
_BY_RULE = gettext_noop("依据：{source}。")
_SAME_DAY = gettext_noop("期限是零，就在 {start} 当天。")
_FIRST_DAY = gettext_noop("{start} 当天不算，从 {next} 起算（民法典第二百零一条）。")
_COUNTED = {
    Unit.DAYS: gettext_noop("按自然日数 {number} 天，数到 {last}。"),
    Unit.WORKING_DAYS: gettext_noop("只数工作日，周末和放假不算，数满 {number} 天是 {last}。"),
    Unit.MONTHS: gettext_noop("按月数 {number} 个月，到 {last}（民法典第二百零二条）。"),
}
_MONTH_END = gettext_noop("{month} 没有 {day} 日，到月末为止。")
_DAYS_OFF = gettext_noop("{first} 到 {last} 放假，不算。")
_WORKED = gettext_noop("{day} 是周末，调休上班，算一个工作日。")
_MANY_TOLD = gettext_noop("其间放假共 {off} 天不算，调休上班共 {worked} 天要算。")
_PUT_OFF_HOLIDAY = gettext_noop("{last} 放假，顺延到下一个工作日 {on}（民法典第二百零三条）。")
_PUT_OFF_WEEKEND = gettext_noop("{last} 是周末，顺延到下一个工作日 {on}（民法典第二百零三条）。")
_MAKE_UP_DAY = gettext_noop("{last} 是周末，但调休上班，不顺延。")
_NOT_PUT_OFF = gettext_noop("{last} 不上班；这个期限按规定不顺延。")
_STOOD = gettext_noop("{begin} 停，{end} 接着算：停的当天和停着的日子不算。")
_STANDS = gettext_noop("从 {begin} 起停着：停着没有到期日，继续以后接着算。")
_COUNTED_HOURS = gettext_noop("从 {start} 起算 {number} 小时，到 {end}（民法典第二百零一条）。")
_BANDS = gettext_noop("只算工作日的办公时间：{bands}。")
_STOOD_HOURS = gettext_noop("{begin} 到 {end} 停着，不算。")
_PROVISIONAL = gettext_noop("放假安排只知道 {first} 到 {last} 的，其余只按周末推算；公布以后会重新计算。")
_NOTHING_PUBLISHED = gettext_noop("还没有装入放假安排，只按周末推算；装入以后会重新计算。")
