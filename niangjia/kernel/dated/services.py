"""Loading the reference tables."""

from collections.abc import Sequence

from django.db import transaction

from niangjia.kernel.dated import rules
from niangjia.kernel.dated.models import Ownership, Region, Trade

_SHARED = ["valid_to", "source"]


@transaction.atomic
def load_reference() -> dict[str, int]:
    """Bring regions, trades and ownership lists up to what is shipped; safe to repeat, never removes a row."""
    return {
        "regions": add_regions(rules.shipped_regions(), is_demo=False)
        + add_regions(rules.demo_regions(), is_demo=True),
        "trades": _load_trades(),
        "ownerships": _load_ownerships(),
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
