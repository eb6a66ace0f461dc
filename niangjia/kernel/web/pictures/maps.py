"""A map (地图) declared as plain values: areas in five steps of one colour, a point sized by a count, a list beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from niangjia.kernel.web.pictures.charts import spaced

STEPS = 5


@dataclass(frozen=True)
class Area:
    """One region on a map: its share, None where it is not known, and how many are counted in it."""

    code: str
    name: str
    value: float | None
    count: int = 0


class Row(NamedTuple):
    """An area as the list says it: step 1 to 5, 0 where nothing is known."""

    area: Area
    step: int
    value: str
    counted: str


@dataclass(frozen=True)
class Map:
    """A map of the regions below one, with what it says (结论) in one sentence.

    `bounds` are the four values where the next step begins; `value_head` and `count_head` name what is drawn;
    `unknown` says what it means that a region has no value, where that is not simply that nobody knows.
    """

    title: str
    region: str
    areas: tuple[Area, ...]
    bounds: tuple[float, float, float, float]
    conclusion: str
    value_head: str
    count_head: str = ""
    unit: str = ""
    digits: int = 0
    count_unit: str = ""
    unknown: str = ""

    def __post_init__(self) -> None:
        """A map that nobody could read is a mistake of the program."""
        if list(self.bounds) != sorted(set(self.bounds)) or len(self.bounds) != STEPS - 1:
            message = "four bounds, each above the one before"
            raise ValueError(message)
        if not self.conclusion:
            message = "a map says something"
            raise ValueError(message)

    def rows(self) -> Iterator[Row]:
        """The list: the highest first, the unknown last, as the map's keys go through them."""
        known = sorted(self.areas, key=lambda area: (area.value is None, -(area.value or 0), area.code))
        for area in known:
            count = f"{area.count:,}{spaced(self.count_unit)}" if self.count_head else ""
            yield Row(area, self.step_of(area.value), self.words_of(area.value), count)

    def step_of(self, value: float | None) -> int:
        """Which of the five steps a value stands on; 0 where there is none."""
        return 0 if value is None else 1 + sum(value >= bound for bound in self.bounds)

    def words_of(self, value: float | None) -> str:
        """A value with its unit."""
        return self._unknown() if value is None else self._number(value) + spaced(self.unit)

    def legend(self) -> list[tuple[int, str]]:
        """The steps in words: below 75%, 75–80%, … 85% and above; and nothing known, where that is so."""
        first, last = self.bounds[0], self.bounds[-1]
        unit = spaced(self.unit)
        between = [
            f"{self._number(low)}–{self._number(high)}{unit}"
            for low, high in zip(self.bounds, self.bounds[1:], strict=False)
        ]
        ends = (_("低于 {value}"), _("{value} 以上"))
        words = [ends[0].format(value=self.words_of(first)), *between, ends[1].format(value=self.words_of(last))]
        unknown = [(0, self._unknown())] if any(area.value is None for area in self.areas) else []
        return [*enumerate(words, start=1), *unknown]

    def _unknown(self) -> str:
        return self.unknown or _("没有数")

    def _number(self, value: float) -> str:
        return f"{value:,.{self.digits}f}".replace("-", "−")
