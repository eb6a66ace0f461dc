"""Days that a notice makes a day off, or a day of work."""

from datetime import date
from typing import NamedTuple


class OneDay(NamedTuple):
    """A public day: off, or a weekend day that is worked; of which feast, by which year's notice."""

    year: int
    day: date
    is_working: bool
    name: str
    source: str
