"""The day of retirement as it moves: worked cases of the published tables, and what holds for every birthday."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from niangjia.registers.members.rules.retirement import (
    SCHEMES,
    YEAR,
    RetirementKind,
    born_between,
    how,
    kinds_for,
    months_later,
    retirement,
)

MAN, CADRE, WORKER = RetirementKind.MAN, RetirementKind.WOMAN_CADRE, RetirementKind.WOMAN_WORKER
births = st.dates(date(1935, 1, 1), date(2012, 12, 31))
kinds = st.sampled_from(RetirementKind)
# A machine that is busy draws slowly; nothing here hangs on how fast.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize(
    ("kind", "born", "age", "on"),
    [
        # The corners of the three tables: before the first month, the first step, its end, the next, the last.
        (MAN, "1964-12-31", (60, 0), "2024-12-31"),
        (MAN, "1965-01-15", (60, 1), "2025-02-15"),
        (MAN, "1965-04-30", (60, 1), "2025-05-30"),
        (MAN, "1965-05-01", (60, 2), "2025-07-01"),
        (MAN, "1976-08-31", (62, 11), "2039-07-31"),
        (MAN, "1976-09-01", (63, 0), "2039-09-01"),
        (MAN, "1990-02-28", (63, 0), "2053-02-28"),
        (CADRE, "1969-12-01", (55, 0), "2024-12-01"),
        (CADRE, "1970-01-01", (55, 1), "2025-02-01"),
        (CADRE, "1981-09-10", (58, 0), "2039-09-10"),
        (WORKER, "1974-12-31", (50, 0), "2024-12-31"),
        (WORKER, "1975-01-31", (50, 1), "2025-02-28"),
        (WORKER, "1975-03-01", (50, 2), "2025-05-01"),
        (WORKER, "1984-10-31", (54, 11), "2039-09-30"),
        (WORKER, "1984-11-01", (55, 0), "2039-11-01"),
    ],
)
def test_the_published_tables(kind: RetirementKind, born: str, age: tuple[int, int], on: str) -> None:
    found = retirement(date.fromisoformat(born), kind)
    assert (found.age, found.on) == (age, date.fromisoformat(on))


def test_earlier_by_choice_never_before_the_former_age() -> None:
    found = retirement(date(1965, 1, 15), MAN)
    assert (found.earliest, found.latest) == (date(2025, 1, 15), date(2028, 2, 15))
    found = retirement(date(1976, 9, 1), MAN)
    assert (found.earliest, found.latest) == (date(2036, 9, 1), date(2042, 9, 1))
    found = retirement(date(1984, 11, 1), WORKER)
    assert found.earliest == date(2036, 11, 1)


def test_of_a_woman_both_tables_are_told() -> None:
    assert kinds_for("male") == (MAN,)
    assert kinds_for("female") == (CADRE, WORKER)
    assert kinds_for("") == ()


def test_the_lines_say_how_and_name_the_law() -> None:
    lines = [str(line) for line in how(retirement(date(1975, 3, 1), WORKER))]
    assert lines[0].startswith("1975-03-01出生，女职工，原来的退休年龄是 50 周岁")
    assert lines[2] == "按出生年月，延迟 2 个月。"
    assert lines[3] == "50 岁 2 个月，就是 2025-05-01。"
    assert "渐进式延迟法定退休年龄" in lines[-1]
    assert "不延迟" in str(how(retirement(date(1960, 3, 1), MAN))[1])


@patient
@given(births, kinds)
def test_the_age_moves_within_its_bounds(born: date, kind: RetirementKind) -> None:
    found, scheme = retirement(born, kind), SCHEMES[kind]
    former = months_later(born, scheme.base_years * YEAR)
    assert 0 <= found.delay_months <= scheme.cap_months
    assert former <= found.earliest <= found.on <= found.latest
    assert found.on == months_later(former, found.delay_months) or born.day > 28


@patient
@given(births, kinds, st.integers(1, 400))
def test_who_is_younger_is_not_due_earlier(born: date, kind: RetirementKind, days: int) -> None:
    assert retirement(born, kind).on <= retirement(born + timedelta(days=days), kind).on


@patient
@given(births, kinds, st.dates(date(2020, 1, 1), date(2060, 1, 1)), st.integers(0, 120))
def test_the_span_of_birthdays_is_exactly_who_is_due(born: date, kind: RetirementKind, first: date, days: int) -> None:
    last = first + timedelta(days=days)
    span = born_between(kind, first, last)
    is_due = first <= retirement(born, kind).on <= last
    assert is_due == (span is not None and span[0] <= born <= span[1])
