"""Days off and days worked in their stead in 2025 and 2026, as the State Council's two notices have them."""

from collections.abc import Iterator
from datetime import date, timedelta

from niangjia.kernel.clock.rules import Calendar

_OFF = (
    ("2025-01-01", 1),
    ("2025-01-28", 8),
    ("2025-04-04", 3),
    ("2025-05-01", 5),
    ("2025-05-31", 3),
    ("2025-10-01", 8),
    ("2026-01-01", 3),
    ("2026-02-15", 9),
    ("2026-04-04", 3),
    ("2026-05-01", 5),
    ("2026-06-19", 3),
    ("2026-09-25", 3),
    ("2026-10-01", 7),
)
_WORKED = (
    *("2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"),
    *("2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"),
)


def _days(first: str, number: int) -> Iterator[date]:
    for days in range(number):
        yield date.fromisoformat(first) + timedelta(days=days)


TWO_YEARS = Calendar(
    days_off=frozenset(day for first, number in _OFF for day in _days(first, number)),
    make_up_days=frozenset(map(date.fromisoformat, _WORKED)),
    published_from=date(2025, 1, 1),
    published_to=date(2026, 12, 31),
)
