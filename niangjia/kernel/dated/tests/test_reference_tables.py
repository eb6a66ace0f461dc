"""The reference tables in the database."""

from datetime import date

import pytest

from niangjia.kernel.dated import queries, services
from niangjia.kernel.dated.models import Ownership, Region, Trade

pytestmark = pytest.mark.django_db


def _counts() -> tuple[int, int, int]:
    return Region.objects.count(), Trade.objects.count(), Ownership.objects.count()


def test_loading_twice_changes_nothing() -> None:
    loaded = services.load_reference()
    first = _counts()
    assert first == (loaded["regions"], loaded["trades"], loaded["ownerships"])
    services.load_reference()
    assert _counts() == first


def test_a_code_means_what_it_meant_that_day() -> None:
    services.load_reference()
    assert queries.regions(on=date(1990, 6, 1))["120110"] == "东郊区"
    assert queries.regions(on=date(2020, 6, 1))["120110"] == "东丽区"
    assert "110221" not in queries.regions(on=date(2020, 6, 1))
    assert queries.is_region("110221")
    assert not queries.is_region("349901")
    assert queries.trades(on=date(2026, 1, 1))["60"] == "邮政业"
    assert queries.ownerships("nbs_2023")["500"] == "个体工商户"


def test_the_demo_regions_are_marked() -> None:
    services.load_reference()
    assert set(Region.objects.filter(is_demo=True).order_by("code").values_list("code", flat=True)) == {
        "349900",
        "349921",
    }
