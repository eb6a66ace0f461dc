"""Public days as the installed chinesecalendar lists them; the library is read when the table is loaded, and never else."""

import importlib.metadata
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from typing import NamedTuple

DECEMBER = 12


class OneDay(NamedTuple):
    """A public day: off, or a weekend day that is worked; of which feast, by which year's notice."""

    year: int
    day: date
    is_working: bool
    name: str
    source: str


def shipped_days() -> Iterator[OneDay]:
    """Every day that the library knows, by year the notice it comes from."""
    told = import_module("chinese_calendar.constants")
    version = importlib.metadata.version("chinesecalendar")
    names = {each.value: each.chinese for each in told.Holiday}
    for is_working, days in ((False, told.holidays), (True, told.workdays)):
        for day, feast in days.items():
            # What lies in December belongs to the New Year after it.
            year = day.year + (day.month == DECEMBER)
            source = f"国务院办公厅关于{year}年部分节假日安排的通知（chinesecalendar {version}）"
            yield OneDay(year, day, is_working, names[feast], source)
