"""Public days in the database: as shipped, as people bring them in, and who is told."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from niangjia.kernel.clock.tests.years import TWO_YEARS
from niangjia.kernel.dated import queries, services
from niangjia.kernel.dated.models import PublicDay
from niangjia.kernel.dated.rules import OneDay
from niangjia.kernel.dated.shipped_days import shipped_days

pytestmark = pytest.mark.django_db
HEARD: list[tuple[date, date]] = []
NEW_YEAR = [
    OneDay(2027, date(2027, 1, 1), False, "元旦", "国办发明电〔2026〕示例号"),
    OneDay(2027, date(2027, 1, 3), True, "元旦", "国办发明电〔2026〕示例号"),
]


def hear(*, first: date, last: date) -> None:
    """Whoever holds days counted with the calendar."""
    HEARD.append((first, last))


@pytest.fixture
def heard(settings: Any) -> list[tuple[date, date]]:
    HEARD.clear()
    settings.NIANGJIA_CALENDAR_HEARERS = (f"{__name__}.hear",)
    return HEARD


def test_the_shipped_days_of_two_years_are_those_of_the_notices() -> None:
    services.load_public_days()
    found = queries.calendar()
    assert {day for day in found.days_off if day.year > 2024} == TWO_YEARS.days_off
    assert {day for day in found.make_up_days if day.year > 2024} == TWO_YEARS.make_up_days
    assert (found.published_from, found.published_to) == (date(2004, 1, 1), date(2026, 12, 31))


def test_days_of_december_belong_to_the_notice_of_the_new_year_after() -> None:
    services.load_public_days()
    assert queries.public_days(2023)[0].day == date(2022, 12, 31)
    assert "2023年" in queries.public_days(2023)[0].source


def test_nothing_is_known_before_anything_is_loaded() -> None:
    found = queries.calendar()
    assert found.is_provisional(date(2026, 1, 1))
    assert found.is_working(date(2026, 1, 1))


def test_loading_again_changes_nothing_and_tells_nobody(heard: list[tuple[date, date]]) -> None:
    services.load_public_days()
    assert heard == [(date(2003, 12, 1), date(2026, 12, 31))]
    ids = set(PublicDay.objects.values_list("pk", flat=True))
    services.load_public_days()
    assert set(PublicDay.objects.values_list("pk", flat=True)) == ids
    assert len(heard) == 1


def test_a_year_that_was_brought_in_holds_at_once_and_stays(heard: list[tuple[date, date]]) -> None:
    services.load_public_days()
    assert queries.calendar().is_working(date(2027, 1, 1))
    assert services.replace_year(2027, NEW_YEAR)
    assert heard[-1] == (date(2026, 12, 1), date(2027, 12, 31))
    now = queries.calendar()
    assert (now.is_working(date(2027, 1, 1)), now.is_working(date(2027, 1, 3))) == (False, True)
    assert now.published_to == date(2027, 12, 31)
    assert not services.replace_year(2027, NEW_YEAR)
    assert len(heard) == 2
    own = [each._replace(source="本地文件") for each in shipped_days() if each.year == 2026][:-1]
    assert services.replace_year(2026, own)
    services.load_public_days()
    assert {each.source for each in queries.public_days(2026)} == {"本地文件"}


def test_a_change_that_is_undone_was_never_told_and_never_held(heard: list[tuple[date, date]]) -> None:
    services.load_public_days()
    before = queries.calendar()
    with transaction.atomic():
        services.replace_year(2027, NEW_YEAR)
        assert queries.calendar() != before
        transaction.set_rollback(True)
    assert queries.calendar() == before


def test_a_calendar_known_already_costs_one_small_question() -> None:
    services.load_public_days()
    queries.calendar()
    with CaptureQueriesContext(connection) as asked:
        queries.calendar()
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"day": date(2027, 1, 4), "is_working": True}, "public_day_worked_on_weekends"),
        ({"day": date(2026, 11, 30)}, "public_day_of_its_year"),
        ({"day": date(2028, 1, 1)}, "public_day_of_its_year"),
    ],
)
def test_no_day_stands_in_the_calendar_that_no_notice_can_say(facts: dict[str, Any], name: str) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        PublicDay.objects.create(**({"is_working": False, "year": 2027, "name": "元旦", "source": "x"} | facts))


@settings(max_examples=20)
@given(missing=st.sets(st.integers(2010, 2020), max_size=3))
def test_a_year_that_is_missing_ends_what_is_published(missing: set[int]) -> None:
    with transaction.atomic():
        PublicDay.objects.all().delete()
        years = [year for year in range(2010, 2021) if year not in missing]
        PublicDay.objects.bulk_create(
            PublicDay(day=date(year, 5, 1), is_working=False, year=year, name="劳动节", source="x") for year in years
        )
        found = queries.calendar()
        last = next(year for year in years if year + 1 not in years)
        assert (found.published_from.year, found.published_to.year) == (years[0], last)
