"""Public days as the installed chinesecalendar lists them; the library is read when the table is loaded, and never else."""

import importlib.metadata
from collections.abc import Iterator
from importlib import import_module

from niangjia.kernel.dated.rules import OneDay

DECEMBER = 12


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
