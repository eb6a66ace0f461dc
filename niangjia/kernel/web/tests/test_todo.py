"""Things to do: in which group they stand, how their last day is said."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from niangjia.kernel.web.todo import Group, ToDo, WaitsFor, due_said, group_of, last_of_week, stacked

FRIDAY = date(2026, 11, 20)


def thing(days: int | None = None, waits_for: WaitsFor = WaitsFor.MINE) -> ToDo:
    due = None if days is None else FRIDAY + timedelta(days=days)
    return ToDo(kind="x", icon="checks", title="事", address="/", verb="办", due=due, waits_for=waits_for)


@pytest.mark.parametrize(
    ("days", "waits_for", "group"),
    [
        (-1, WaitsFor.SECOND, Group.LATE),
        (0, WaitsFor.RETURNED, Group.TODAY),
        (2, WaitsFor.SECOND, Group.SECOND),
        (None, WaitsFor.RETURNED, Group.RETURNED),
        (2, WaitsFor.MINE, Group.SOON),
        (3, WaitsFor.MINE, Group.MINE),
        (None, WaitsFor.MINE, Group.MINE),
    ],
)
def test_a_day_that_is_past_or_today_counts_before_whom_it_waits_for(
    days: int | None, waits_for: WaitsFor, group: Group
) -> None:
    assert group_of(thing(days, waits_for), on=FRIDAY) is group


def test_the_week_ends_on_its_sunday() -> None:
    assert last_of_week(FRIDAY) == date(2026, 11, 22)
    assert last_of_week(date(2026, 11, 22)) == date(2026, 11, 22)
    assert last_of_week(date(2026, 11, 23)) == date(2026, 11, 29)


@pytest.mark.parametrize(
    ("days", "words", "form"),
    [(-5, "逾期 5 天", "late"), (0, "今天", "soon"), (3, "还剩 3 天", "soon"), (4, "还剩 4 天", "")],
)
def test_a_last_day_is_said_in_words(days: int, words: str, form: str) -> None:
    with translation.override("zh-hans"):
        assert due_said(FRIDAY + timedelta(days=days), on=FRIDAY) == (words, form)


def test_a_stack_shows_the_soonest_and_says_how_many_more() -> None:
    things = [thing(days) for days in (9, 5, 8, 7, 6)]
    stack = stacked(things, on=FRIDAY)[Group.MINE]
    assert [row.thing.due for row in stack.rows] == [FRIDAY + timedelta(days=days) for days in (5, 6, 7, 8)]
    assert (stack.number, stack.more) == (5, 1)
    opened = stacked(things, on=FRIDAY, opened=Group.MINE)[Group.MINE]
    assert (len(opened.rows), opened.more) == (5, 0)


def test_every_thing_stands_in_one_group() -> None:
    things = [thing(days, waits_for) for days in (-2, 0, 1, 9, None) for waits_for in WaitsFor]
    found = stacked(things, on=FRIDAY)
    assert sum(stack.number for stack in found.values()) == len(things)
