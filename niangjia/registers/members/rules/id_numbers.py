"""Citizen identity numbers (公民身份号码): checked, read and, where they are of the old length, converted.

Sources: GB 11643-1999 (18 digits, ISO 7064 MOD 11-2); 15-digit numbers of the first generation of cards carry no
century and no check digit, and all of them belong to people born in 19xx.
"""

from datetime import date
from enum import StrEnum
from operator import mul
from typing import NamedTuple

from niangjia.kernel.chinese import Reason, fold_width, gettext_noop


class Sex(StrEnum):
    """Sex (性别) as it stands on the paper."""

    MALE = "male"
    FEMALE = "female"


class IdNumber(NamedTuple):
    """A number that passed every check (身份证号), and what it says about its holder."""

    number: str
    birth_on: date
    sex: Sex
    converted_from_15: bool


LENGTH = 18
OLD_LENGTH = 15
OLDEST_YEAR, LAST_YEAR = 1850, 2149

# GB/T 2260 provinces; 81, 82 and 83 head the residence permits (居住证) of people from Hong Kong, Macao and Taiwan.
_PROVINCES = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83"
PROVINCES: frozenset[str] = frozenset(_PROVINCES.split())

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def _weighted(digits: str, start: int) -> int:
    return sum(map(mul, map(int, digits), _WEIGHTS[start:]))


def _numbers(width: int) -> list[str]:
    return [f"{number:0{width}d}" for number in range(10**width)]


# Each part of a number is looked up whole, together with what it adds to the check sum: a million rows in about a second.
_HEADS = {part: _weighted(part, 0) for part in _numbers(3) if part[:2] in PROVINCES}
_TAILS = {part: _weighted(part, 3) for part in _numbers(3)}
_YEARS = {f"{year}": (year, _weighted(f"{year}", 6)) for year in range(OLDEST_YEAR, LAST_YEAR + 1)}
_DAYS = {part: (int(part[:2]), int(part[2:]), _weighted(part, 10)) for part in _numbers(4)}
_SEQUENCES = {part: (Sex.MALE if int(part) % 2 else Sex.FEMALE, _weighted(part, 14)) for part in _numbers(3)}
_TIDY = str.maketrans("", "", " -\t\r\n'’‘")


def check_digit(first17: str) -> str:
    """The eighteenth character for seventeen digits (校验码), `0`–`9` or `X`."""
    return _CHECKS[_weighted(first17, 0) % 11]


def check_id_number(text: str) -> IdNumber | Reason:
    """The number read, or why it cannot be right: length, region, date, check digit; in that order.

    Spaces, hyphens, full-width characters and a small x are forgiven.
    """
    try:
        year, sum_year = _YEARS[text[6:10]]
        month, day, sum_day = _DAYS[text[10:14]]
        sex, sum_sequence = _SEQUENCES[text[14:17]]
        total = _HEADS[text[:3]] + _TAILS[text[3:6]] + sum_year + sum_day + sum_sequence
        if text[17:] == _CHECKS[total % 11]:
            return IdNumber(text, date(year, month, day), sex, False)
    except (KeyError, ValueError):
        pass
    return _check_slowly(fold_width(text).translate(_TIDY).upper())


def passes(text: str) -> bool:
    """Whether this is a whole number of eighteen characters that passes every check as it stands."""
    try:
        year, sum_year = _YEARS[text[6:10]]
        month, day, sum_day = _DAYS[text[10:14]]
        total = _HEADS[text[:3]] + _TAILS[text[3:6]] + sum_year + sum_day + _SEQUENCES[text[14:17]][1]
        return text[17:] == _CHECKS[total % 11] and date(year, month, day) is not None
    except (KeyError, ValueError):
        return False


def _check_slowly(text: str) -> IdNumber | Reason:
    """Everything that did not pass at once: the old length, a small x, and every fault."""
    reason = _shape_fault(text)
    if reason is not None:
        return reason
    converted = len(text) == OLD_LENGTH
    first17 = f"{text[:6]}19{text[6:]}" if converted else text[:17]
    if first17[:2] not in PROVINCES:
        return Reason("id_region", _REGION, {"region": first17[:2]})
    birth_on = _day(first17[6:14])
    if birth_on is None:
        written = f"{first17[6:10]}年{first17[10:12]}月{first17[12:14]}日"
        return Reason("id_date", _DATE, {"day": written})
    check = check_digit(first17)
    if not converted and text[17] != check:
        return Reason("id_check_digit", _CHECK, {"last": text[17]})
    return IdNumber(first17 + check, birth_on, _SEQUENCES[first17[14:]][0], converted)


def _shape_fault(text: str) -> Reason | None:
    if len(text) not in {LENGTH, OLD_LENGTH}:
        gap = LENGTH - len(text)
        if gap > 0:
            return Reason("id_length", _SHORT_BY_ONE if gap == 1 else _SHORT, {"length": len(text), "missing": gap})
        return Reason("id_length", _LONG, {"length": len(text), "extra": -gap})
    digits = text if len(text) == OLD_LENGTH else text[:17]
    if not (digits.isascii() and digits.isdigit()) or not (text[-1].isdigit() or text[-1] == "X"):
        odd = next((mark for mark in text if mark not in "0123456789"), text[-1])
        return Reason("id_length", _ODD_MARK, {"mark": odd})
    return None


def _day(digits: str) -> date | None:
    try:
        year = _YEARS[digits[:4]][0]
        return date(year, int(digits[4:6]), int(digits[6:]))
    except (KeyError, ValueError):
        return None


_SHORT_BY_ONE = gettext_noop("现在是 {length} 位，身份证号有 18 位，还差 {missing} 位。最后一位可能是字母 X。")
_SHORT = gettext_noop("现在是 {length} 位，身份证号有 18 位，还差 {missing} 位。对着身份证再抄一遍。")
_LONG = gettext_noop("现在是 {length} 位，身份证号有 18 位，多了 {extra} 位。对着身份证再抄一遍。")
_ODD_MARK = gettext_noop("身份证号里有「{mark}」。前 17 位都是数字，只有最后一位可能是字母 X。")
_REGION = gettext_noop("开头的 {region} 不是任何省的代码。前 6 位是发证地区，对着身份证再看一下。")
_DATE = gettext_noop("第 7 到 14 位是生日，写成了{day}，没有这一天。对着身份证再看一下。")
_CHECK = gettext_noop("最后一位「{last}」和前 17 位对不上，多半是哪一位抄错了。对着身份证再看一遍。")


def age_on(birth_on: date, day: date) -> int:
    """Full years of age on a day (周岁); someone born on 29 February grows older on 1 March of a common year."""
    return day.year - birth_on.year - ((day.month, day.day) < (birth_on.month, birth_on.day))


WORKING_AGE = 16  # 《劳动法》第十五条


def age_fault(birth_on: date, *, on: date) -> Reason | None:
    """Why someone may not be on a roster of workers on a day: not yet 16 (未满十六周岁), or not yet born."""
    if birth_on > on:
        return Reason("birth_invalid", _NOT_BORN, {"day": birth_on.isoformat()})
    age = age_on(birth_on, on)
    if age < WORKING_AGE:
        return Reason("under_16", _UNDER_16, {"age": age, "day": birth_on.isoformat()})
    return None


def contradictions(number: IdNumber, *, sex: str | None, birth_on: date | None) -> list[Reason]:
    """Where the sex or birth date written beside a number differ from those in it."""
    found: list[Reason] = []
    if sex is not None and sex != number.sex:
        found.append(Reason("sex_contradicts_id", _SEX_DIFFERS, {"written": _SEX[sex], "read": _SEX[number.sex]}))
    if birth_on is not None and birth_on != number.birth_on:
        days = {"written": birth_on.isoformat(), "read": number.birth_on.isoformat()}
        found.append(Reason("birth_contradicts_id", _BIRTH_DIFFERS, dict(days)))
    return found


_SEX: dict[str, str] = {Sex.MALE: "男", Sex.FEMALE: "女"}
_NOT_BORN = gettext_noop("出生日期 {day} 还没有到。看看年份是不是写错了。")
_UNDER_16 = gettext_noop(
    "{day} 出生，今年 {age} 周岁，还没有满 16 周岁，不能是在职职工。先核对出生日期；没有写错的，这一行不要导入。"
)
_SEX_DIFFERS = gettext_noop("性别写的是{written}，身份证号里是{read}。看看是性别写错了，还是号码抄错了。")
_BIRTH_DIFFERS = gettext_noop("出生日期写的是 {written}，身份证号里是 {read}。看看是日期写错了，还是号码抄错了。")
