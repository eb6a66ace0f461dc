"""Loading the reference tables, replacing the public days of a year, putting a parameter in force."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.module_loading import import_string

from niangjia.kernel.dated import rules
from niangjia.kernel.dated.models import LocalParameter, Ownership, PublicDay, Region, Trade
from niangjia.kernel.dated.rules import OneDay
from niangjia.kernel.dated.shipped_days import shipped_days

_SHARED = ["valid_to", "source"]


@transaction.atomic
def load_reference() -> dict[str, int]:
    """Bring regions, trades, ownership lists and public days up to what is shipped; safe to repeat."""
    return {
        "regions": add_regions(rules.shipped_regions(), is_demo=False)
        + add_regions(rules.demo_regions(), is_demo=True),
        "trades": _load_trades(),
        "ownerships": _load_ownerships(),
        "public_days": load_public_days(),
    }


def add_regions(rows: Sequence[rules.RegionRow], *, is_demo: bool) -> int:
    """Add regions, or bring known ones up to date."""
    Region.objects.bulk_create(
        [Region(**row._asdict(), is_demo=is_demo) for row in rows],
        batch_size=2000,
        update_conflicts=True,
        unique_fields=["code", "name", "valid_from"],
        update_fields=[*_SHARED, "parent_code"],
    )
    return len(rows)


def _load_trades() -> int:
    Trade.objects.bulk_create(
        [Trade(**row._asdict()) for row in rules.trades()],
        update_conflicts=True,
        unique_fields=["code", "valid_from"],
        update_fields=[*_SHARED, "name", "section"],
    )
    return len(rules.trades())


def _load_ownerships() -> int:
    Ownership.objects.bulk_create(
        [Ownership(**row._asdict()) for row in rules.ownerships()],
        update_conflicts=True,
        unique_fields=["list_name", "code", "valid_from"],
        update_fields=[*_SHARED, "name"],
    )
    return len(rules.ownerships())


def load_public_days() -> int:
    """Public days as they are shipped; a year that people brought in themselves stays as they have it."""
    by_year: dict[int, list[OneDay]] = {}
    for each in shipped_days():
        by_year.setdefault(each.year, []).append(each)
    own = set(PublicDay.objects.filter(is_shipped=False).order_by().values_list("year", flat=True).distinct())
    changed = [year for year, days in by_year.items() if year not in own and _replaced(year, days, is_shipped=True)]
    if changed:
        calendar_changed(changed)
    return sum(len(days) for days in by_year.values())


@transaction.atomic
def replace_year(year: int, days: Sequence[OneDay]) -> bool:
    """The public days of a year as a person brought them in; False where nothing would be different."""
    if not _replaced(year, days, is_shipped=False):
        return False
    calendar_changed([year])
    return True


def _replaced(year: int, days: Sequence[OneDay], *, is_shipped: bool) -> bool:
    rows = PublicDay.objects.filter(year=year)
    known = set(rows.order_by().values_list("day", "is_working", "name", "source"))
    if known == {(each.day, each.is_working, each.name, each.source) for each in days}:
        return False
    rows.delete()
    PublicDay.objects.bulk_create(PublicDay(**each._asdict(), is_shipped=is_shipped) for each in days)
    return True


def calendar_changed(years: Iterable[int]) -> None:
    """Tell whoever holds days counted with the old calendar; in the same transaction, so that none is told in vain."""
    told = sorted(years)
    for path in settings.NIANGJIA_CALENDAR_HEARERS:
        import_string(path)(first=date(told[0] - 1, 12, 1), last=date(told[-1], 12, 31))


class LaterValue(Exception):
    """A value begins on this day or later already; `first` is that day."""

    def __init__(self, first: date) -> None:
        super().__init__(first.isoformat())
        self.first = first


@transaction.atomic
def put_in_force(value: rules.Parameter) -> LocalParameter:
    """Let a value hold from its first day on; the one before ends the day before, and stays on record; `LaterValue`."""
    if value.valid_from is None:
        message = "a local value begins on a day"
        raise ValueError(message)
    same = LocalParameter.objects.select_for_update().filter(region_code=value.region_code, key=value.key)
    later = same.filter(valid_from__gte=value.valid_from).order_by("valid_from").first()
    if later is not None:
        raise LaterValue(later.valid_from)
    open_one = Q(valid_to=None) | Q(valid_to__gte=value.valid_from)
    same.filter(open_one).update(valid_to=value.valid_from - timedelta(days=1))
    return LocalParameter.objects.create(
        region_code=value.region_code,
        key=value.key,
        value=value.value,
        unit=value.measure.value,
        valid_from=value.valid_from,
        valid_to=value.valid_to,
        source=value.source,
        is_default=value.is_default,
    )
