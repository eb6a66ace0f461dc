"""Deadlines: worked cases of two years, and any case against counting day by day."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.kernel.clock.rules import PEOPLE_ZONE, Band, Calendar, Due, Term, TooFar, Unit, due, due_at, left
from niangjia.kernel.clock.tests.years import TWO_YEARS

DAY = timedelta(days=1)
OFFICE = (Band(time(9), time(12)), Band(time(14), time(18)))


def _on(start: str, unit: Unit, number: int, *, rolls: bool = True) -> str:
    return due(date.fromisoformat(start), Term(unit, number, rolls=rolls), TWO_YEARS).on.isoformat()


def _codes(found: Due) -> list[str]:
    return [reason.code for reason in found.reasons]


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PEOPLE_ZONE)


@pytest.mark.parametrize(
    ("start", "number", "on"),
    [
        # Spring Festival 2026: off from 15 to 23 February, worked on the Saturdays of the 14th and the 28th.
        ("2026-02-12", 1, "2026-02-13"),
        ("2026-02-12", 2, "2026-02-14"),
        ("2026-02-12", 3, "2026-02-24"),
        ("2026-02-12", 7, "2026-02-28"),
        ("2026-02-20", 1, "2026-02-24"),
        # Spring Festival 2025: off from 28 January to 4 February, worked on Sunday 26 January and Saturday 8 February.
        ("2025-01-24", 1, "2025-01-26"),
        ("2025-01-24", 2, "2025-01-27"),
        ("2025-01-24", 3, "2025-02-05"),
        ("2025-01-24", 6, "2025-02-08"),
        # National Day 2025: off from 1 to 8 October, worked on Sunday 28 September and Saturday 11 October.
        ("2025-09-26", 4, "2025-10-09"),
        ("2025-09-26", 6, "2025-10-11"),
        # National Day 2026: off from 1 to 7 October, worked on Sunday 20 September and Saturday 10 October.
        ("2026-09-30", 3, "2026-10-10"),
        ("2026-10-01", 15, "2026-10-27"),
        ("2026-02-21", 0, "2026-02-21"),
    ],
)
def test_working_days_are_counted_as_published(start: str, number: int, on: str) -> None:
    assert _on(start, Unit.WORKING_DAYS, number) == on


@pytest.mark.parametrize(
    ("start", "number", "on"),
    [
        ("2026-03-02", 15, "2026-03-17"),
        ("2026-03-02", 5, "2026-03-09"),
        ("2026-02-01", 14, "2026-02-24"),
        ("2026-02-04", 10, "2026-02-14"),
        ("2025-09-21", 10, "2025-10-09"),
        ("2026-10-03", 7, "2026-10-10"),
        ("2026-11-20", 0, "2026-11-20"),
        ("2026-11-21", 0, "2026-11-23"),
    ],
)
def test_a_period_that_ends_on_a_day_of_rest_ends_on_the_next_working_day(start: str, number: int, on: str) -> None:
    assert _on(start, Unit.DAYS, number) == on


@pytest.mark.parametrize(
    ("start", "number", "on"),
    [
        ("2025-01-31", 1, "2025-02-28"),
        ("2026-01-31", 1, "2026-02-28"),  # a Saturday that is worked
        ("2024-01-31", 1, "2024-02-29"),
        ("2025-08-31", 1, "2025-09-30"),
        ("2025-12-31", 2, "2026-02-28"),
        ("2025-11-15", 3, "2026-02-24"),
        ("2026-05-30", 0, "2026-06-01"),
        ("2026-02-28", 1, "2026-03-30"),  # the 28th of March is a Saturday
    ],
)
def test_a_month_without_that_day_ends_on_its_last(start: str, number: int, on: str) -> None:
    assert _on(start, Unit.MONTHS, number) == on


def test_a_day_of_effect_is_never_put_off() -> None:
    assert _on("2026-01-31", Unit.DAYS, 15, rolls=False) == "2026-02-15"
    found = due(date(2026, 1, 31), Term(Unit.DAYS, 15, rolls=False), TWO_YEARS)
    assert _codes(found)[-1] == "not_put_off"


def test_the_steps_are_told_with_their_articles() -> None:
    found = due(date(2026, 1, 31), Term(Unit.MONTHS, 1, source="示例规则"), TWO_YEARS)
    assert [str(reason) for reason in found.reasons] == [
        "依据：示例规则。",
        "2026-01-31 当天不算，从 2026-02-01 起算（民法典第二百零一条）。",
        "按月数 1 个月，到 2026-02-28（民法典第二百零二条）。",
        "2026-02 没有 31 日，到月末为止。",
        "2026-02-28 是周末，但调休上班，不顺延。",
    ]
    found = due(date(2026, 2, 12), Term(Unit.WORKING_DAYS, 7, is_default=True), TWO_YEARS)
    assert [str(reason) for reason in found.reasons] == [
        "期限多长是本系统默认值，各地可以改。",
        "2026-02-12 当天不算，从 2026-02-13 起算（民法典第二百零一条）。",
        "只数工作日，周末和放假不算，数满 7 天是 2026-02-28。",
        "2026-02-15 到 2026-02-23 放假，不算。",
        "2026-02-14 是周末，调休上班，算一个工作日。",
        "2026-02-28 是周末，调休上班，算一个工作日。",
    ]
    assert _codes(due(date(2026, 2, 1), Term(Unit.DAYS, 14), TWO_YEARS))[-1] == "put_off_holiday"
    assert _codes(due(date(2026, 3, 2), Term(Unit.DAYS, 5), TWO_YEARS))[-1] == "put_off_weekend"
    assert _codes(due(date(2025, 1, 1), Term(Unit.WORKING_DAYS, 400), TWO_YEARS))[-1] == "many_told"


def test_beyond_the_published_calendar_a_day_is_provisional() -> None:
    sure = due(date(2026, 12, 1), Term(Unit.WORKING_DAYS, 23), TWO_YEARS)
    assert (sure.on, sure.is_provisional) == (date(2026, 12, 31) + DAY, True)
    assert not due(date(2026, 12, 1), Term(Unit.WORKING_DAYS, 22), TWO_YEARS).is_provisional
    assert due(date(2026, 12, 1), Term(Unit.DAYS, 60), TWO_YEARS).is_provisional
    assert not due(date(2026, 12, 1), Term(Unit.DAYS, 60, rolls=False), TWO_YEARS).is_provisional
    assert due(date(2024, 12, 1), Term(Unit.WORKING_DAYS, 60), TWO_YEARS).is_provisional
    assert _codes(due(date(2026, 12, 1), Term(Unit.DAYS, 60), TWO_YEARS))[-1] == "provisional"


@pytest.mark.parametrize("unit", [Unit.DAYS, Unit.WORKING_DAYS, Unit.MONTHS])
@pytest.mark.parametrize("number", [3_000_000, 10**20])
def test_a_term_that_never_ends_in_our_calendar_is_refused(unit: Unit, number: int) -> None:
    with pytest.raises(TooFar):
        due(date(2026, 1, 1), Term(unit, number), TWO_YEARS)


def test_a_term_that_makes_no_sense_cannot_be_declared() -> None:
    with pytest.raises(ValueError, match="never negative"):
        Term(Unit.DAYS, -1)
    with pytest.raises(ValueError, match="closes after"):
        Band(time(18), time(9))
    with pytest.raises(ValueError, match="overlap"):
        Term(Unit.HOURS, 2, bands=tuple(reversed(OFFICE)))
    with pytest.raises(ValueError, match="due_at"):
        due(date(2026, 1, 1), Term(Unit.HOURS, 2), TWO_YEARS)


_days = st.dates(date(2024, 10, 1), date(2027, 3, 1))


@given(
    start=_days, unit=st.sampled_from([Unit.DAYS, Unit.WORKING_DAYS]), number=st.integers(0, 300), rolls=st.booleans()
)
def test_any_term_ends_where_counting_day_by_day_ends(start: date, unit: Unit, number: int, rolls: bool) -> None:
    assert due(start, Term(unit, number, rolls=rolls), TWO_YEARS).on == _slowly(start, unit, number, rolls=rolls)


@given(
    start=_days,
    unit=st.sampled_from([Unit.DAYS, Unit.WORKING_DAYS]),
    number=st.integers(0, 60),
    stops=st.lists(st.tuples(st.integers(-5, 90), st.integers(0, 30)), max_size=4),
)
def test_any_term_with_pauses_ends_where_counting_the_days_between_ends(
    start: date, unit: Unit, number: int, stops: list[tuple[int, int]]
) -> None:
    noon = datetime.combine(start, time(12), PEOPLE_ZONE)
    paused = [(noon + DAY * begin, noon + DAY * (begin + length)) for begin, length in stops]
    found = due_at(noon, Term(unit, number, rolls=False), TWO_YEARS, paused=paused)
    stood = {(begin + DAY * days).date() for begin, end in paused for days in range((end - begin).days)}
    assert found.on == _slowly(start, unit, number, rolls=False, stood=stood)


def _slowly(start: date, unit: Unit, number: int, *, rolls: bool, stood: set[date] = frozenset()) -> date:  # type: ignore[assignment]
    day, counted = start, 0
    while counted < number:
        day += DAY
        counted += day not in stood and (unit is Unit.DAYS or _is_worked(day))
    while rolls and unit is Unit.DAYS and not _is_worked(day):
        day += DAY
    return day


def _is_worked(day: date) -> bool:
    if day in TWO_YEARS.make_up_days:
        return True
    return day not in TWO_YEARS.days_off and day.weekday() not in (5, 6)


@given(start=_days, number=st.integers(0, 40))
def test_a_month_later_is_the_same_day_or_the_last_of_the_month(start: date, number: int) -> None:
    on = due(start, Term(Unit.MONTHS, number, rolls=False), TWO_YEARS).on
    assert (on.year * 12 + on.month) - (start.year * 12 + start.month) == number
    assert on.day == start.day or (on.day < start.day and (on + DAY).day == 1)


@given(first=_days, second=_days)
def test_working_days_between_two_days_are_those_one_can_count(first: date, second: date) -> None:
    early, late = sorted((first, second))
    counted = sum(_is_worked(early + DAY * days) for days in range(1, (late - early).days + 1))
    assert TWO_YEARS.working_days_between(early, late) == counted
    assert TWO_YEARS.working_days_between(late, early) == -counted


@pytest.mark.parametrize(
    ("start", "hours", "ends"),
    [
        ("2026-03-02 10:00", 2, "2026-03-02 12:00"),
        ("2026-03-02 11:00", 2, "2026-03-02 15:00"),
        ("2026-03-02 17:30", 2, "2026-03-03 10:30"),
        ("2026-03-02 07:00", 2, "2026-03-02 11:00"),
        ("2026-03-02 20:00", 0, "2026-03-02 20:00"),
        ("2026-03-06 17:00", 2, "2026-03-09 10:00"),  # over a weekend
        ("2026-02-13 17:00", 2, "2026-02-14 10:00"),  # the Saturday is worked
        ("2026-02-14 17:00", 2, "2026-02-24 10:00"),  # over Spring Festival
        ("2026-02-18 10:00", 7, "2026-02-24 18:00"),
    ],
)
def test_hours_run_in_office_hours_alone(start: str, hours: int, ends: str) -> None:
    found = due_at(_at(start), Term(Unit.HOURS, hours, bands=OFFICE), TWO_YEARS)
    assert (found.at, found.on) == (_at(ends), _at(ends).date())


def test_hours_without_bands_run_day_and_night() -> None:
    found = due_at(_at("2026-02-14 23:30"), Term(Unit.HOURS, 2), TWO_YEARS)
    assert found.at == _at("2026-02-15 01:30")
    assert not found.is_provisional
    with pytest.raises(TooFar):
        due_at(_at("2026-02-14 23:30"), Term(Unit.HOURS, 10**9), TWO_YEARS)


def test_hours_in_which_the_clock_stood_do_not_count() -> None:
    paused = [(_at("2026-03-02 10:00"), _at("2026-03-02 15:00")), (_at("2026-03-02 11:00"), _at("2026-03-02 16:00"))]
    found = due_at(_at("2026-03-02 09:00"), Term(Unit.HOURS, 4, bands=OFFICE), TWO_YEARS, paused=paused)
    assert found.at == _at("2026-03-03 10:00")
    assert str(found.reasons[-1]) == "2026-03-02 10:00 到 2026-03-02 16:00 停着，不算。"
    after = [(_at("2026-03-02 16:00"), None)]
    assert due_at(_at("2026-03-02 09:00"), Term(Unit.HOURS, 3, bands=OFFICE), TWO_YEARS, paused=after) == due_at(
        _at("2026-03-02 09:00"), Term(Unit.HOURS, 3, bands=OFFICE), TWO_YEARS
    )


def test_a_paused_clock_has_no_last_day_until_it_goes_on() -> None:
    term = Term(Unit.WORKING_DAYS, 5)
    paused: Sequence[tuple[datetime, datetime | None]] = [(_at("2026-03-04 15:00"), None)]
    found = due_at(_at("2026-03-02 09:00"), term, TWO_YEARS, paused=paused, at=_at("2026-03-11 09:00"))
    assert found.is_paused
    assert "停着没有到期日" in str(found.reasons[-1])
    assert found.on == date(2026, 3, 16)
    what_is_left = left(found, now=_at("2026-03-11 09:00"), calendar=TWO_YEARS)
    assert (what_is_left.form, str(what_is_left.words)) == ("paused", "停着，暂不计时")
    on_again = due_at(_at("2026-03-02 09:00"), term, TWO_YEARS, paused=[(paused[0][0], _at("2026-03-11 09:00"))])
    assert (on_again.on, on_again.is_paused) == (found.on, False)
    hours = due_at(_at("2026-03-04 14:30"), Term(Unit.HOURS, 1), TWO_YEARS, paused=paused)
    assert hours.is_paused


def test_a_clock_that_has_run_out_cannot_stop() -> None:
    term = Term(Unit.DAYS, 2)
    found = due_at(_at("2026-03-02 09:00"), term, TWO_YEARS, paused=[(_at("2026-03-05 09:00"), None)])
    assert (found.on, found.is_paused) == (date(2026, 3, 4), False)


def test_a_last_day_ends_at_midnight_or_with_office_hours() -> None:
    start = _at("2026-03-02 09:00")
    assert due_at(start, Term(Unit.DAYS, 2), TWO_YEARS).at == _at("2026-03-05 00:00")
    assert due_at(start, Term(Unit.DAYS, 2, bands=OFFICE), TWO_YEARS).at == _at("2026-03-04 18:00")


@pytest.mark.parametrize(
    ("now", "words", "form"),
    [
        ("2026-02-09 09:00", "还剩 6 个工作日", ""),
        ("2026-02-13 09:00", "还剩 2 个工作日", "soon"),
        ("2026-02-14 09:00", "还剩 1 个工作日", "soon"),
        ("2026-02-24 23:59", "今天到期", "soon"),
        ("2026-02-25 00:00", "已逾期 1 天", "late"),
        ("2026-03-26 10:00", "已逾期 30 天", "late"),
    ],
)
def test_what_is_left_is_said_in_working_days(now: str, words: str, form: str) -> None:
    found = due_at(_at("2026-02-12 09:00"), Term(Unit.WORKING_DAYS, 3), TWO_YEARS)
    assert found.on == date(2026, 2, 24)
    what_is_left = left(found, now=_at(now), calendar=TWO_YEARS)
    assert (str(what_is_left.words), what_is_left.form) == (words, form)
    assert left(due(date(2026, 2, 12), Term(Unit.WORKING_DAYS, 3), TWO_YEARS), now=_at(now), calendar=TWO_YEARS) == (
        what_is_left
    )


@pytest.mark.parametrize(
    ("now", "words", "is_late"),
    [
        ("2026-03-02 11:59", "今天 12:00 到期", False),
        ("2026-03-02 12:00", "已逾期，今天 12:00 到期", True),
        ("2026-03-03 08:00", "已逾期 1 天", True),
    ],
)
def test_an_hour_passes_within_its_day(now: str, words: str, is_late: bool) -> None:
    found = due_at(_at("2026-03-02 10:00"), Term(Unit.HOURS, 2, bands=OFFICE), TWO_YEARS)
    what_is_left = left(found, now=_at(now), calendar=TWO_YEARS)
    assert (str(what_is_left.words), what_is_left.is_late) == (words, is_late)


def test_days_are_left_where_no_working_day_is() -> None:
    found = due(date(2026, 2, 1), Term(Unit.DAYS, 20, rolls=False), TWO_YEARS)
    what_is_left = left(found, now=_at("2026-02-18 09:00"), calendar=TWO_YEARS)
    assert (what_is_left.days, what_is_left.working_days, str(what_is_left.words)) == (3, 0, "还剩 3 天")


def test_a_calendar_of_which_nothing_is_published_knows_weekends() -> None:
    bare = Calendar(frozenset(), frozenset(), published_from=date.max, published_to=date.min)
    found = due(date(2026, 2, 13), Term(Unit.WORKING_DAYS, 1), bare)
    assert (found.on, found.is_provisional) == (date(2026, 2, 16), True)
