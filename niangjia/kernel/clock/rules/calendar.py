"""Days of work and of rest: weekends, public days off, and the weekend days worked in their stead (调休)."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate

DAY = timedelta(days=1)
_FRIDAY = 5
_WEEK = 7


class TooFar(ValueError):
    """A term ends after the last day that a calendar has (9999-12-31)."""


@dataclass(frozen=True)
class Calendar:
    """Which days are worked (工作日): as published from the first to the last day told of, elsewhere by weekends alone.

    `days_off` and `make_up_days` are what the State Council's yearly notice (放假安排) says otherwise than the week does.
    """

    days_off: frozenset[date]
    make_up_days: frozenset[date]
    published_from: date
    published_to: date

    def is_working(self, day: date) -> bool:
        """Whether a day is worked; a make-up weekend day is, a public day off is not."""
        return day in self.make_up_days or (day.weekday() < _FRIDAY and day not in self.days_off)

    def is_provisional(self, day: date) -> bool:
        """Whether nothing is published for a day: then weekends alone decide, and that may change."""
        return not self.published_from <= day <= self.published_to

    def working_days_between(self, after: date, to: date) -> int:
        """How many days are worked after one day, up to and with another; negative where the second is earlier."""
        return self._working_days_to(to.toordinal()) - self._working_days_to(after.toordinal())

    def working_day_after(self, day: date, number: int) -> date:
        """The day on which `number` working days have gone by, the first day not counted; zero is the day itself."""
        if number == 0:
            return day
        begin = day.toordinal()
        end = begin + number // _FRIDAY * _WEEK + _WEEK + len(self.days_off)
        days = range(begin + number, min(end, date.max.toordinal()) + 1)
        found = bisect_left(days, self._working_days_to(begin) + number, key=self._working_days_to)
        if found >= max(date.max.toordinal() + 1 - days.start, 0):
            raise TooFar
        return date.fromordinal(days[found])

    def working_day_from(self, day: date) -> date:
        """The day itself where it is worked, else the next that is."""
        return day if self.is_working(day) else self.working_day_after(day, 1)

    def off_between(self, after: date, to: date) -> list[date]:
        """Public days off after one day, up to and with another, in order."""
        return _between(self._off_in_order, after, to)

    def made_up_between(self, after: date, to: date) -> list[date]:
        """Weekend days worked after one day, up to and with another, in order."""
        return _between(self._made_up_in_order, after, to)

    @cached_property
    def _off_in_order(self) -> list[date]:
        return sorted(self.days_off)

    @cached_property
    def _made_up_in_order(self) -> list[date]:
        return sorted(self.make_up_days)

    def _working_days_to(self, ordinal: int) -> int:
        """Working days since the first Monday there is; the difference of two such numbers is what counts."""
        weeks, rest = divmod(ordinal, _WEEK)
        days, sums = self._told
        return weeks * _FRIDAY + min(rest, _FRIDAY) + sums[bisect_right(days, ordinal)]

    @cached_property
    def _told(self) -> tuple[list[int], list[int]]:
        """Days told of otherwise than the week says, in order; and how many working days more or less by each."""
        told = {day.toordinal(): -1 for day in self.days_off - self.make_up_days if day.weekday() < _FRIDAY}
        told |= {day.toordinal(): 1 for day in self.make_up_days if day.weekday() >= _FRIDAY}
        days = sorted(told)
        return days, list(accumulate((told[day] for day in days), initial=0))


def _between(days: list[date], after: date, to: date) -> list[date]:
    return days[bisect_right(days, after) : bisect_right(days, to)]
