"""Local parameters (地方参数): figures that differ from place to place and from year to year, each with its source."""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import Any

from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.clock.rules import Band, Term, Unit
from niangjia.kernel.dated.rules.reference import parent_code

# Above every province; GB/T 2260 has no code for it. 本系统默认值
NATION = "000000"
LONGEST_VALUE = 64
_WHOLE = re.compile(r"\d{1,12}")
_DECIMAL = re.compile(r"\d{1,9}(\.\d{1,4})?")
_STEP = re.compile(r"(\d{1,6}):(\d{1,3})(?:-(\d{1,3}))?")
_BAND = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")


class Measure(StrEnum):
    """In what a parameter is measured (计量单位)."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    HOURS = "hours"
    FEN = "fen"
    PERCENT = "percent"
    COUNT = "count"
    BANDS = "bands"
    STEPS = "steps"


_WHOLE_ONES = frozenset({Measure.DAYS, Measure.WORKING_DAYS, Measure.MONTHS, Measure.HOURS, Measure.FEN, Measure.COUNT})


@dataclass(frozen=True)
class ParameterKey:
    """A parameter that a slice declares (参数项): what it is called, in what it is measured, and its default with its source.

    An empty source says that the default is this system's own (本系统默认值); an empty default that there is none: then
    a region without a value is refused. Whole numbers stand between `least` and `most`.
    """

    key: str
    title: str
    measure: Measure
    default: str = ""
    source: str = ""
    about: str = ""
    least: int = 0
    most: int = 1_000_000_000


@dataclass(frozen=True)
class Parameter:
    """A value in force (生效的参数): which, where, since when, by which document. A record keeps it whole, as `kept`."""

    key: str
    value: str
    measure: Measure
    region_code: str
    valid_from: date | None
    valid_to: date | None
    source: str
    is_default: bool

    @property
    def number(self) -> int:
        """A whole number; `ValueError` where it is none."""
        return int(self.value)

    @property
    def decimal(self) -> Decimal:
        """The exact number."""
        return Decimal(self.value)

    def term(self, *, rolls: bool = True, bands: tuple[Band, ...] = ()) -> Term:
        """The term (期限) that it sets, with its source."""
        return Term(Unit(self.measure.value), self.number, rolls, bands, self.source, self.is_default)

    def kept(self) -> dict[str, Any]:
        """Plain values for a record that was judged with it."""
        return {name: str(value) if isinstance(value, date) else value for name, value in asdict(self).items()}


def chain_of(region_code: str) -> tuple[str, ...]:
    """A region and all above it, the nearest first: county, city, province, nation."""
    chain = [region_code] if region_code and region_code != NATION else []
    while chain and (above := parent_code(chain[-1])):
        chain.append(above)
    return (*chain, NATION)


def nearest(found: Iterable[Parameter], region_code: str) -> Parameter | None:
    """The value of the region itself, else of the nearest above it."""
    by_region = {each.region_code: each for each in found}
    return next((by_region[code] for code in chain_of(region_code) if code in by_region), None)


def bands_of(value: str) -> tuple[Band, ...]:
    """Office hours (办公时间) written as 09:00-12:00,14:00-18:00; `ValueError` where they are not."""
    found = []
    for part in value.split(","):
        match = _BAND.fullmatch(part.strip())
        if match is None:
            raise ValueError(part)
        hours = [int(each) for each in match.groups()]
        found.append(Band(time(hours[0], hours[1]), time(hours[2], hours[3])))
    return Term(Unit.HOURS, 0, bands=tuple(found)).bands


@dataclass(frozen=True)
class NumberStep:
    """One step (档): up to so many, a number from the least to the most."""

    up_to: int
    least: int
    most: int


def steps_of(value: str) -> tuple[NumberStep, ...]:
    """Steps (分档) written as 10:1,25:3,100:3-5, growing; `ValueError` where they are not."""
    found: list[NumberStep] = []
    for part in value.split(","):
        match = _STEP.fullmatch(part.strip())
        if match is None:
            raise ValueError(part)
        step = NumberStep(int(match[1]), int(match[2]), int(match[3] or match[2]))
        if step.least > step.most or (found and step.up_to <= found[-1].up_to):
            raise ValueError(part)
        found.append(step)
    return tuple(found)


def value_fault(key: ParameterKey, value: str) -> Reason | None:
    """Why this cannot be a value of the parameter, or None."""
    if key.measure is Measure.BANDS:
        return _bands_fault(value)
    if key.measure is Measure.STEPS:
        return _steps_fault(value)
    wanted = _WHOLE if key.measure in _WHOLE_ONES else _DECIMAL
    if not wanted.fullmatch(value):
        return Reason("value_no_number", _NO_WHOLE if key.measure in _WHOLE_ONES else _NO_NUMBER, {"written": value})
    if not key.least <= Decimal(value) <= key.most:
        return Reason("value_out_of_range", _OUT_OF_RANGE, {"least": key.least, "most": key.most})
    return None


def _bands_fault(value: str) -> Reason | None:
    try:
        bands_of(value)
    except ValueError:
        return Reason("value_no_hours", _NO_HOURS, {"written": value})
    return None


def _steps_fault(value: str) -> Reason | None:
    try:
        steps_of(value)
    except ValueError:
        return Reason("value_no_steps", _NO_STEPS, {"written": value})
    return None


_NO_WHOLE = gettext_noop("「{written}」不是整数。只写数字，比如 10。")
_NO_NUMBER = gettext_noop("「{written}」不是数。只写数字，最多四位小数，比如 0.5。")
_OUT_OF_RANGE = gettext_noop("要在 {least} 到 {most} 之间。")
_NO_HOURS = gettext_noop("「{written}」看不出是几点到几点。写成 09:00-12:00,14:00-18:00 这样，先后排好，不要重叠。")
_NO_STEPS = gettext_noop(
    "「{written}」看不出分几档。写成 10:1,25:3,100:3-5 这样：10 以内 1 个，25 以内 3 个，100 以内 3 到 5 个。"
)
