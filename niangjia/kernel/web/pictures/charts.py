"""A chart (图) declared as plain values: what it says comes first, and its figures stand beside it as a table."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

# More lines than these nobody tells apart.
MOST_SERIES = 4


class Kind(StrEnum):
    """How the figures are drawn: a line over time, bars side by side, groups of bars with a target."""

    LINE = "line"
    BAR = "bar"
    GROUPED = "grouped"


@dataclass(frozen=True)
class Series:
    """One row of figures, by period; None where a figure is not known. The first series is this year's."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Target:
    """What was meant to be reached (目标)."""

    name: str
    value: float


class Figure(NamedTuple):
    """A figure as programs read it, and as people do."""

    value: float | None
    shown: str


@dataclass(frozen=True)
class Chart:
    """A chart with what it says (结论) in one sentence; `unit` stands behind every figure, `digits` after the point."""

    kind: Kind
    title: str
    periods: tuple[str, ...]
    series: tuple[Series, ...]
    conclusion: str
    unit: str = ""
    digits: int = 0
    target: Target | None = None
    # What the periods are: months, trades, towns.
    head: str = ""
    tall: bool = False

    def __post_init__(self) -> None:
        """A chart that nobody could read is a mistake of the program."""
        if not self.conclusion or not 0 < len(self.series) <= MOST_SERIES:
            message = f"a chart says something, with 1 to {MOST_SERIES} series"
            raise ValueError(message)
        if any(len(each.values) != len(self.periods) for each in self.series):
            message = "every series has a figure, or None, for each period"
            raise ValueError(message)
        if self.kind is Kind.BAR and len(self.series) > 1:
            message = "bars show one series; several are Kind.GROUPED"
            raise ValueError(message)

    def rows(self) -> Iterator[tuple[str, list[Figure]]]:
        """The table: each period with its figures."""
        for number, period in enumerate(self.periods):
            yield period, [self.figure(each.values[number]) for each in self.series]

    def figure(self, value: float | None) -> Figure:
        """A figure with its words: thousands parted, a real minus, the unit behind it."""
        if value is None:
            return Figure(None, "")
        return Figure(value, f"{value:,.{self.digits}f}".replace("-", "−") + spaced(self.unit))

    @property
    def aim(self) -> Figure:
        """The target as a figure."""
        return self.figure(self.target.value if self.target else None)


def spaced(unit: str) -> str:
    """A unit as it stands behind a number: 83.7%, 21 家."""
    return unit if unit in ("", "%", "‰") else f" {unit}"
