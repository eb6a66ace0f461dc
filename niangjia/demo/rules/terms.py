"""Terms of office of the demo county's unions (届期): most run, a few end soon, a few have run out; drawn from a number."""

from datetime import date, timedelta
from typing import NamedTuple

from niangjia.demo.rules.week import BAITA_MILL, MILL

YEAR = 365
# Every so manyth union has run out, lacks an audit committee, lacks a women's committee.
RUN_OUT, NO_AUDIT, NO_WOMEN = 29, 17, 13
STEP = 97
MILL_LEFT = 45
# Who elected this month; of those that have run out, only such with so many members have something to show.
ELECTED, FEWEST = BAITA_MILL, 25


class PlannedTerm(NamedTuple):
    """A term as it stands in the books (届): which, how many years, from when, which document."""

    number: int
    years: int
    begins_on: date
    document: str


def planned_term(index: int, name: str, *, is_base: bool, on: date) -> PlannedTerm:
    """The present term of the union of this number."""
    years = 3 if is_base and index % 3 else 5
    days = years * YEAR
    passed = days + 20 + index % 60 if index % RUN_OUT == RUN_OUT - 1 else (index * STEP) % (days - 10)
    if name == MILL:
        years, passed = 3, 3 * YEAR - MILL_LEFT
    begins_on = on - timedelta(days=passed)
    return PlannedTerm(1 + index % 4, years, begins_on, f"安禾工发〔{begins_on.year}〕{1 + index % 180}号")
