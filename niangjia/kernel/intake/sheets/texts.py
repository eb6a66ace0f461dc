"""What a cell says once the accidents of typing and copying are taken away."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache

from niangjia.kernel.intake.sheets.cells import Cell, FormulaCell
from niangjia.kernel.intake.sheets.refusal import _

_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u00ad\u180e"
_BLANKS = "\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
# Full-width marks inside numbers, dates and addresses; （），：；！？、。 stay Chinese.
_FULL_WIDTH_MARKS = "＋－．／＠＿＃＆％＊＝～"
# Look-alikes that PDF copies bring: radicals for characters, compatibility ideographs.
_LOOK_ALIKES = [*range(0x2F00, 0x2FD6), *range(0xF900, 0xFAFF)]


def _folding() -> dict[int, str | None]:
    """Which letters are replaced, and by what."""
    table: dict[int, str | None] = dict.fromkeys(map(ord, _INVISIBLE))
    table.update(dict.fromkeys(map(ord, _BLANKS), " "))
    alphanumerics = [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]
    for code in [*alphanumerics, *map(ord, _FULL_WIDTH_MARKS), *_LOOK_ALIKES]:
        folded = unicodedata.normalize("NFKC", chr(code))
        if folded != chr(code):
            table[code] = folded
    table.update(dict.fromkeys(range(0x09)))
    return table


_FOLDING = _folding()
_TO_FOLD = re.compile("[" + "".join(map(re.escape, map(chr, _FOLDING))) + "]")
_TEXT_WRAPPER = re.compile(r'="([^"]*)"')
_EXACT_TO = 1e15  # digits beyond are lost in a number cell
_APOSTROPHES = "'‘’`＇"


def clean_text(cell: Cell) -> str:
    """What the cell says: full-width letters and digits made narrow, invisible marks and outer blanks gone.

    An apostrophe in front (文本前缀) and the wrapper ="…" are taken off; numbers come without ".0".
    """
    if type(cell) is str:
        if _TO_FOLD.search(cell):
            cell = cell.translate(_FOLDING)
        cell = cell.strip()
        if cell and (cell[0] in _APOSTROPHES or cell[0] == "="):
            return _unwrapped(cell)
        return cell
    return _text_of_value(cell)


def _unwrapped(text: str) -> str:
    wrapped = _TEXT_WRAPPER.fullmatch(text)
    return wrapped[1].strip() if wrapped else text.lstrip(_APOSTROPHES).strip()


def _text_of_value(cell: Cell) -> str:
    if isinstance(cell, FormulaCell):
        return clean_text(cell.cached)
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() and abs(cell) < _EXACT_TO else repr(cell)
    if isinstance(cell, datetime):
        has_time = (cell.hour, cell.minute, cell.second) != (0, 0, 0)
        return cell.isoformat(sep=" ") if has_time else cell.date().isoformat()
    return "" if cell is None else str(cell)


def is_number(cell: Cell) -> bool:
    """Whether the spreadsheet program kept this cell as a number (数字格式), formulas' results included."""
    if isinstance(cell, FormulaCell):
        return is_number(cell.cached)
    return isinstance(cell, int | float) and not isinstance(cell, bool)


NO_SUCH_DAY = _("{month} 月没有 {day} 日。")
NO_SUCH_MONTH = _("一年只有 12 个月，这里写的是 {month} 月。")
SHORT_YEAR = _("年份请写 4 位，比如 1985-03-05。")
YEAR_ALONE = _("只写了年份。请补上月份，比如 {year}-03，知道日子就写全。")
OUT_OF_RANGE = _("年份是 {year}，不在 1900 到 2100 之间。请核对。")
OCTOBER_OR_JANUARY = _("表格软件会把 {year}.10 存成 {year}.1，分不清是 1 月还是 10 月。请写成 {year}-01 或 {year}-10。")
NOT_A_DAY = _("看不出是哪一天。请写成 2019-03-05 这样。")
# For the caller who reads a birth date beside an ID number.
BIRTH_DAY_REMEDY = _("可以留空，系统会从身份证号里取。")


class BadDay(ValueError):
    """A day (日期) that cannot be read; `reason` is a sentence for the person, in Chinese."""

    def __init__(self, template: str, **facts: object) -> None:
        self.template = template
        self.facts = facts
        super().__init__(template.format(**facts))

    def said(self, translate: Callable[[str], str]) -> str:
        """What is wrong and what to write instead, in the language `translate` gives."""
        return translate(self.template).format(**self.facts)

    @property
    def reason(self) -> str:
        """The same in Chinese."""
        return self.said(str)


_NO_DAY = frozenset(("", "-", "--", "—", "——", "/", "//", "\\", "无", "空"))
_DAY = re.compile(
    r"(?P<year>\d{4})\s*[-./年、,，—–_\s]\s*(?P<month>\d{1,2})"
    r"(?:\s*[-./月、,，—–_\s]\s*(?P<day>\d{1,2})\s*[日号]?)?\s*月?[.。]?"
    r"(?:[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
_LONGEST_DAY = 40
_SHORT_YEAR = re.compile(r"\d{2}\s*[-./年]\s*\d{1,2}(?:\s*[-./月]\s*\d{1,2}\s*日?)?")
_SERIAL = re.compile(r"\d{4,5}(?:\.0+)?")
_FIRST_SERIAL, _LAST_SERIAL = 2_101, 73_415  # 1905-10-01 … 2100-12-31; below lie bare years
_ORDINAL_1900 = date(1899, 12, 30).toordinal()
_DAYS_1904 = 1_462
_EIGHT_DIGITS = 100_000_000
_YEARS = range(1900, 2101)


def parse_day(cell: Cell, *, epoch_1904: bool = False) -> date | None:
    """The day (日期) a cell names, None where it is blank; a month alone gives its first day.

    Reads dates, 2019-03-05, 2019.3.5, 2019/3/5, 2019年3月5日, 20190305, 2019.3, 2019年3月, 201903 and the
    serial numbers of spreadsheet programs from 1905 to 2100. `epoch_1904` says how the workbook counts.
    Raises `BadDay` with a reason for people.
    """
    if type(cell) is str:
        return _day_of_text(cell, epoch_1904)
    if cell is None:
        return None
    if isinstance(cell, FormulaCell):
        return parse_day(cell.cached, epoch_1904=epoch_1904)
    if isinstance(cell, date):
        on = cell.date() if isinstance(cell, datetime) else cell
        return _checked(on.year, on.month, on.day)
    if isinstance(cell, bool):
        raise BadDay(NOT_A_DAY)
    return _day_of_number(float(cell), epoch_1904)


def is_month_only(cell: Cell) -> bool:
    """Whether the cell names a month (只到月份) and `parse_day` supplied the first day of it."""
    text = clean_text(cell)
    if len(text) == 6 and text.isdecimal():
        return True
    written = _DAY.fullmatch(text[: _LONGEST_DAY + 1])
    return written is not None and written["day"] is None


@lru_cache(maxsize=65_536)
def _day_of_text(written: str, epoch_1904: bool) -> date | None:  # noqa: FBT001 - cached: positional is faster
    text = clean_text(written)
    if text in _NO_DAY:
        return None
    if len(text) > _LONGEST_DAY:
        raise BadDay(NOT_A_DAY)
    if text.isdecimal() and len(text) in (6, 8):
        return _checked(int(text[:4]), int(text[4:6]), int(text[6:] or 1))
    found = _DAY.fullmatch(text)
    if found:
        return _checked(int(found["year"]), int(found["month"]), int(found["day"] or 1))
    if _SERIAL.fullmatch(text):
        return _day_of_number(float(text), epoch_1904)
    raise BadDay(SHORT_YEAR if _SHORT_YEAR.fullmatch(text) else NOT_A_DAY)


def _day_of_number(number: float, epoch_1904: bool) -> date:  # noqa: FBT001 - as above
    if not 0 <= number < _EIGHT_DIGITS:
        raise BadDay(NOT_A_DAY)
    whole = int(number)
    if number != whole and whole in _YEARS:
        return _month_of_decimal(number)
    if whole >= 10_000_000:
        return _checked(whole // 10_000, whole // 100 % 100, whole % 100)
    if 100_000 <= whole < 1_000_000:
        return _checked(whole // 100, whole % 100, 1)
    if whole in _YEARS:
        raise BadDay(YEAR_ALONE, year=whole)
    if _FIRST_SERIAL <= whole <= _LAST_SERIAL:
        return date.fromordinal(_ORDINAL_1900 + whole + (_DAYS_1904 if epoch_1904 else 0))
    raise BadDay(NOT_A_DAY)


def _month_of_decimal(number: float) -> date:
    """2019.3 typed into a number cell means 2019年3月; 2019.1 may have been 2019.10."""
    year, _dot, month = f"{number:.4f}".rstrip("0").partition(".")
    if month == "1":
        raise BadDay(OCTOBER_OR_JANUARY, year=year)
    if len(month) > 2:
        raise BadDay(NOT_A_DAY)
    return _checked(int(year), int(month), 1)


def _checked(year: int, month: int, day: int) -> date:
    if year not in _YEARS:
        raise BadDay(OUT_OF_RANGE, year=year)
    if not 1 <= month <= 12:
        raise BadDay(NO_SUCH_MONTH, month=month)
    try:
        return date(year, month, day)
    except ValueError:
        raise BadDay(NO_SUCH_DAY, month=month, day=day) from None
