"""Days in an explanation: programs read 2026-11-23, people read 11月23日, in English 23 Nov."""

from datetime import date, datetime

import pytest
from django.utils import translation

from niangjia.kernel import clock
from niangjia.kernel.clock.rules import Calendar, Term, Unit, due
from niangjia.kernel.clock.rules.written import DayWritten, MinuteWritten, MonthWritten
from niangjia.kernel.web.reasons import in_words

NOW = datetime(2026, 11, 20, 9, 12, tzinfo=clock.PEOPLE_ZONE)
CALENDAR = Calendar(frozenset({date(2026, 11, 26)}), frozenset(), date(2026, 1, 1), date(2026, 12, 31))


def explained(start: date, term: Term) -> str:
    with clock.at(NOW):
        return "".join(in_words(reason) for reason in due(start, term, CALENDAR).reasons)


def test_people_read_days_as_they_say_them() -> None:
    said = explained(date(2026, 11, 20), Term(Unit.WORKING_DAYS, 5))
    assert "11月20日 当天不算，从 11月21日 起算" in said
    assert "11月26日 到 11月26日 放假" in said
    assert "2026" not in said


def test_another_year_is_named_and_a_month_is_one() -> None:
    said = explained(date(2026, 12, 31), Term(Unit.MONTHS, 2))
    assert "12月31日 当天不算，从 2027年1月1日 起算" in said
    assert "2027年2月 没有 31 日" in said


def test_in_english_they_are_english() -> None:
    with translation.override("en"):
        said = explained(date(2026, 11, 20), Term(Unit.WORKING_DAYS, 5))
    assert "20 Nov" in said
    assert "2026-11" not in said


def test_programs_read_them_as_they_are_written_everywhere() -> None:
    reasons = due(date(2026, 11, 20), Term(Unit.WORKING_DAYS, 5), CALENDAR).reasons
    assert "2026-11-20 当天不算，从 2026-11-21 起算" in "".join(map(str, reasons))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (DayWritten.of(date(2026, 11, 23)).day, date(2026, 11, 23)),
        (MonthWritten.of(date(2026, 11, 23)).first, date(2026, 11, 1)),
        (MinuteWritten.of(NOW).instant, NOW),
    ],
)
def test_what_is_written_is_read_back(written: object, meant: object) -> None:
    assert written == meant
