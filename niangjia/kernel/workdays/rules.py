"""Reading a notice of days off (放假安排) as it is published, or as a small table; every doubt is said line by line."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from niangjia.kernel.access.rules import Move, Role
from niangjia.kernel.chinese import Reason, fold_width, gettext_noop
from niangjia.kernel.dated.rules import OneDay

EVERYBODY_AT_A_DESK = frozenset(Role) - {Role.WORKER, Role.PROGRAM}
SEE_CALENDAR = Move("see_calendar", EVERYBODY_AT_A_DESK)
# Days off count for the whole instance: a cadre of the city or above, or its system administrator, brings them in.
PUBLISH_CALENDAR = Move("publish_calendar", frozenset({Role.CADRE, Role.SYSTEM_ADMIN}))

# 全国年节及纪念日放假办法: every year has these; a notice without one of them was not read whole.
FEASTS = ("元旦", "春节", "清明", "劳动节", "端午", "中秋", "国庆")
MOST_CHARACTERS = 20_000
MOST_DAYS = 120
LONGEST_NAME = 32
FIRST_YEAR, LAST_YEAR = 1949, 2199
OFF, WORKED = "放假", "上班"
_WEEKDAYS = "一二三四五六日"
_DAY = timedelta(days=1)
_ISO = r"(\d{4}-\d{1,2}-\d{1,2})"
_TABLE = re.compile(rf"{_ISO}(?:\s*(?:至|到|~)\s*{_ISO})?[,\t;]\s*(放假|上班)[,\t;]\s*(\S.*)")
_PARAGRAPH = re.compile(r"[一二三四五六七八九十]+、\s*([^:]{1,32}):(.+)")
_DATE = re.compile(r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\(([^)]*)\))?")
_RANGE = re.compile(rf"{_DATE.pattern}(?:至|到|-|~){_DATE.pattern}")
_ALTOGETHER = re.compile(r"共(\d{1,2})天")
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日])")


@dataclass(frozen=True)
class Notice:
    """What was read of a notice (读出的安排): its days in order, what makes it useless, and what to look at again."""

    days: tuple[OneDay, ...]
    faults: tuple[Reason, ...]
    doubts: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Feast:
    """One feast of a year (节日): its days off and the days worked in their stead."""

    name: str
    off: tuple[date, ...]
    worked: tuple[date, ...]


class _Unread(Exception):
    """A line that cannot be what it looks like."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


def read_notice(text: str, *, year: int, source: str) -> Notice:
    """The days of a year from the text of the notice, or from lines such as `2027-02-05至2027-02-11,放假,春节`."""
    if len(text) > MOST_CHARACTERS:
        return Notice((), (Reason("too_long", _TOO_LONG, {"most": MOST_CHARACTERS}),))
    days: list[OneDay] = []
    faults: list[Reason] = []
    for number, line in enumerate(fold_width(text).splitlines(), start=1):
        try:
            days += [OneDay(year, day, works, name, source) for day, works, name in _read_line(line.strip(), year=year)]
        except _Unread as unread:
            faults.append(unread.reason._replace(values={**unread.reason.values, "line": number}))
    days.sort(key=lambda each: each.day)
    return Notice(tuple(days), (*faults, *_faults(days, year=year)), tuple(_doubts(days)))


def _read_line(line: str, *, year: int) -> Iterator[tuple[date, bool, str]]:
    row = _TABLE.fullmatch(line)
    if row:
        first, last = _iso(row[1]), _iso(row[2] or row[1])
        yield from ((day, row[3] == WORKED, row[4][:LONGEST_NAME]) for day in _span(first, last))
        return
    paragraph = _PARAGRAPH.fullmatch(line)
    if paragraph:
        yield from _read_paragraph(paragraph[1].strip(), paragraph[2], year=year)


def _read_paragraph(name: str, words: str, *, year: int) -> Iterator[tuple[date, bool, str]]:
    for sentence in re.split(r"[。;]", words):
        if WORKED in sentence:
            for found in _DATE.finditer(sentence):
                yield _date(found.groups(), year=year, before=None), True, name
        elif OFF in sentence:
            off = list(_days_off(sentence, year=year))
            told = _ALTOGETHER.search(sentence)
            if told and int(told[1]) != len(off):
                values: dict[str, str | int] = {"name": name, "told": int(told[1]), "found": len(off)}
                raise _Unread(Reason("sum_differs", _SUM_DIFFERS, values))
            yield from ((day, False, name) for day in off)


def _days_off(sentence: str, *, year: int) -> Iterator[date]:
    """Single days and stretches; a month or year that is not said again is the one before it."""
    before: date | None = None
    at = 0
    while found := _RANGE.search(sentence, at) or _DATE.search(sentence, at):
        single = _DATE.search(sentence, at)
        if single and single.start() < found.start():
            found = single
        parts = found.groups()
        first = _date(parts[:4], year=year, before=before)
        before = _date(parts[4:], year=year, before=first) if len(parts) > 4 else first
        yield from _span(first, before)
        at = found.end()


def _date(parts: Sequence[str | None], *, year: int, before: date | None) -> date:
    said_year, said_month, said_day, beside = parts
    month = int(said_month) if said_month else before.month if before else 0
    try:
        day = date(int(said_year) if said_year else before.year if before else year, month, int(said_day or 0))
    except ValueError as error:
        raise _Unread(Reason("no_such_day", _NO_SUCH_DAY, {"month": month, "day": said_day or ""})) from error
    weekday = _WEEKDAY.search(beside or "")
    if weekday and weekday[1] != _WEEKDAYS[day.weekday()]:
        values: dict[str, str | int] = {"day": day.isoformat(), "told": weekday[1], "is": _WEEKDAYS[day.weekday()]}
        raise _Unread(Reason("weekday_differs", _WEEKDAY_DIFFERS, values))
    return day


def _iso(text: str) -> date:
    try:
        return date(*map(int, text.split("-")))
    except ValueError as error:
        raise _Unread(Reason("no_day", _NO_DAY, {"written": text})) from error


def _span(first: date, last: date) -> list[date]:
    days = (last - first).days + 1
    if not 0 < days <= MOST_DAYS:
        values: dict[str, str | int] = {"first": first.isoformat(), "last": last.isoformat()}
        raise _Unread(Reason("span_backwards", _SPAN_BACKWARDS, values))
    return [first + _DAY * number for number in range(days)]


def _faults(days: Sequence[OneDay], *, year: int) -> Iterator[Reason]:
    if not days:
        yield Reason("nothing_read", _NOTHING_READ, {})
    if len(days) > MOST_DAYS:
        yield Reason("too_many", _TOO_MANY, {"days": len(days)})
    for day, times in Counter(each.day for each in days).items():
        if times > 1:
            yield Reason("day_twice", _DAY_TWICE, {"day": day.isoformat()})
    for each in days:
        if each.is_working and each.day.weekday() < 5:
            yield Reason("worked_weekday", _WORKED_WEEKDAY, {"day": each.day.isoformat()})
        if each.day.year != year and (each.day.year, each.day.month) != (year - 1, 12):
            yield Reason("other_year", _OTHER_YEAR, {"day": each.day.isoformat(), "year": year})


def _doubts(days: Sequence[OneDay]) -> Iterator[Reason]:
    """A notice has all seven feasts; a table may be short on purpose, so this is only said."""
    told = "、".join({each.name: None for each in days})
    missing = [feast for feast in FEASTS if feast not in told]
    if days and missing:
        yield Reason("feasts_missing", _FEASTS_MISSING, {"names": "、".join(missing)})


def feasts_of(days: Sequence[OneDay]) -> list[Feast]:
    """The days by feast, in the order of the year."""
    names = dict.fromkeys(each.name for each in sorted(days, key=lambda each: each.day) if not each.is_working)
    names |= dict.fromkeys(each.name for each in days)
    return [
        Feast(
            name,
            tuple(each.day for each in days if each.name == name and not each.is_working),
            tuple(each.day for each in days if each.name == name and each.is_working),
        )
        for name in names
    ]


def stretches(days: Sequence[date]) -> list[tuple[date, date]]:
    """Days that follow each other, as first and last."""
    found: list[tuple[date, date]] = []
    for day in sorted(days):
        if found and found[-1][1] + _DAY == day:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


_TOO_LONG = gettext_noop("内容超过 {most} 个字。只贴通知里各个节日那几段。")
_SUM_DIFFERS = gettext_noop("第 {line} 行，{name}：写着共 {told} 天，数出来 {found} 天。对着原文看一下起止日期。")
_NO_SUCH_DAY = gettext_noop("第 {line} 行：没有 {month} 月 {day} 日。对着原文看一下。")
_WEEKDAY_DIFFERS = gettext_noop("第 {line} 行：{day} 写着星期{told}，其实是星期{is}。年份选对了吗？")
_NO_DAY = gettext_noop("第 {line} 行：「{written}」不是日期，写成 2027-02-05 这样。")
_SPAN_BACKWARDS = gettext_noop("第 {line} 行：从 {first} 到 {last} 前后反了，或者太长。")
_NOTHING_READ = gettext_noop("一天也没有读出来。贴通知原文，或者一行一条写成「2027-02-05至2027-02-11,放假,春节」。")
_TOO_MANY = gettext_noop("读出 {days} 天，一年没有这么多。看看是不是贴了几年的。")
_DAY_TWICE = gettext_noop("{day} 出现了两次。留一次。")
_WORKED_WEEKDAY = gettext_noop("{day} 不是周六、周日，本来就上班，不会是调休。对着原文看一下。")
_OTHER_YEAR = gettext_noop("{day} 不在 {year} 年的安排里。年份选对了吗？")
_FEASTS_MISSING = gettext_noop("没有看到：{names}。原文里有的话，补上再装。")
