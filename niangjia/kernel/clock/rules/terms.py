"""How long something may take (期限), by which rule, and at which hours the time runs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

PEOPLE_ZONE = ZoneInfo("Asia/Shanghai")

# From when to when a clock stood (中止); None: it stands still.
Pause = tuple[datetime, datetime | None]


class Unit(StrEnum):
    """In what a term is counted (期间的单位): calendar days, working days, months, hours."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    HOURS = "hours"


@dataclass(frozen=True, order=True)
class Band:
    """Hours of a working day in which the time runs (业务时间), such as 09:00–12:00."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        """A band closes after it opens, on the same day."""
        if self.closes <= self.opens:
            message = "a band closes after it opens"
            raise ValueError(message)

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}–{self.closes:%H:%M}"


@dataclass(frozen=True)
class Term:
    """A term (期限): how long, by which rule (`source`), and whether it ends later where it would end on a day of rest.

    `is_default` marks a figure of our own (本系统默认值). With `bands`, hours run in them alone, and a last day ends with
    the last of them (民法典第二百零三条: 有业务时间的，停止业务活动的时间为截止时间).
    """

    unit: Unit
    number: int
    rolls: bool = True
    bands: tuple[Band, ...] = ()
    source: str = ""
    is_default: bool = False

    def __post_init__(self) -> None:
        """No term is negative, and its bands follow each other."""
        if self.number < 0:
            message = "a term is never negative"
            raise ValueError(message)
        if any(later.opens < earlier.closes for earlier, later in zip(self.bands, self.bands[1:], strict=False)):
            message = "bands follow each other without overlap"
            raise ValueError(message)


def merged(paused: Iterable[Pause], *, at: datetime | None) -> list[tuple[datetime, datetime, bool]]:
    """Pauses in order, those that touch made one; each with whether it lasts, and then up to `at` for the time being."""
    found: list[tuple[datetime, datetime, bool]] = []
    for begin, end in sorted(paused, key=lambda pause: pause[0]):
        until = max(begin, end or at or begin)
        if found and begin <= found[-1][1]:
            first, last, lasts = found[-1]
            found[-1] = (first, max(last, until), lasts or end is None)
        else:
            found.append((begin, until, end is None))
    return found
