"""A deadline: the last day of a term with every step told, against the same count by walking from day to day."""

import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial

from django.core.management import call_command

import bench.ready  # noqa: F401 - before the models below
from bench.figures import Figure, median, seconds, show
from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.clock.rules import PEOPLE_ZONE, Calendar, Term, Unit, due, due_at
from niangjia.kernel.dated.queries import calendar, office_hours
from niangjia.kernel.dated.services import load_public_days

DAY = timedelta(days=1)
FIRST = date(2024, 1, 1)
# Days on which terms begin: three years, again and again.
STARTS = 1_000
TERMS = {
    "10 working days": Term(Unit.WORKING_DAYS, 10),
    "250 working days": Term(Unit.WORKING_DAYS, 250),
    "15 days": Term(Unit.DAYS, 15),
    "6 months": Term(Unit.MONTHS, 6),
}
GOAL = "not slower than the bare walk; below 0.1 ms"


def measure(*, rows: int, repeat: int) -> list[Figure]:
    """Microseconds of one deadline, by the kind of term, and the ratio to a bare loop over days; then what a database adds."""
    call_command("migrate", database="owner", verbosity=0)
    with acting(Actor.operator()):
        load_public_days()
        return [*_figures(calendar(), min(rows, STARTS), repeat), *_asked(min(rows, STARTS), repeat)]


def _figures(days: Calendar, number: int, repeat: int) -> Iterator[Figure]:
    starts = [FIRST + DAY * step for step in range(number)]
    for name, term in TERMS.items():
        value = _each(partial(_all, due, starts, term, days), number, repeat)
        bare = _each(partial(_all, _walked, starts, term, days), number, repeat)
        yield Figure(f"deadline.{name} us", value, bare, value / bare, GOAL)
    bands = office_hours(region="349921", on=FIRST)
    instants = [datetime(each.year, each.month, each.day, 16, 30, tzinfo=PEOPLE_ZONE) for each in starts]
    pause = [(instants[0] + DAY, instants[0] + DAY * 3)]
    term = Term(Unit.HOURS, 16, bands=bands)
    value = _each(lambda: [due_at(start, term, days, paused=pause) for start in instants], number, repeat)
    bare = _each(partial(_all, _walked, starts, TERMS["10 working days"], days), number, repeat)
    yield Figure("deadline.16 office hours us", value, bare, value / bare, "no goal: against 10 walked days")


def _asked(number: int, repeat: int) -> Iterator[Figure]:
    """The calendar as each request asks for it: one small question and what is held."""
    asked = _each(lambda: [calendar() for _step in range(number)], number, repeat)
    counted = _each(lambda: [due(FIRST, TERMS["10 working days"], calendar()) for _ in range(number)], number, repeat)
    yield Figure("deadline.with its calendar us", counted, asked, counted / asked, "below 1 ms")


def _all(count: Callable[[date, Term, Calendar], object], starts: list[date], term: Term, days: Calendar) -> None:
    for start in starts:
        count(start, term, days)


def _walked(start: date, term: Term, days: Calendar) -> date:
    """The same last day, counted as one would on a wall calendar; months by their days, which is all that a walk can."""
    day, counted = start, 0
    number = term.number * 30 if term.unit is Unit.MONTHS else term.number
    while counted < number:
        day += DAY
        counted += term.unit is not Unit.WORKING_DAYS or _is_worked(day, days)
    while not _is_worked(day, days):
        day += DAY
    return day


def _is_worked(day: date, days: Calendar) -> bool:
    return day in days.make_up_days or (day.weekday() < 5 and day not in days.days_off)


def _each(work: Callable[[], object], number: int, repeat: int) -> float:
    work()
    return median(seconds(work) for _ in range(repeat)) / number * 1e6


if __name__ == "__main__":
    scale, repetitions, shape = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    show(measure(rows=scale, repeat=repetitions), as_json=shape == "json")
