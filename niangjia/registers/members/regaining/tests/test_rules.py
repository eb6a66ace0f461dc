"""What may be filed, where it lies, who may decide, and how long a phone counts as hers."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from niangjia.registers.members.regaining.rules.filing import (
    Desk,
    Filing,
    is_long_unused,
    lies_at,
    months_before,
    why_not_decide,
    why_not_file,
)

GOOD = Filing("13900001111", "id_card", "lost", is_compared=True)
HOME = "1.2.3."


def reasons(filing: Filing = GOOD, *, old: str = "13800132206", confirmed: bool = True) -> dict[str, str]:
    found = why_not_file(filing, old_phone=old, is_confirmed=confirmed)
    return {field: reason.code for field, reason in found.items()}


def test_what_is_missing_is_said_field_by_field():
    assert reasons() == {}
    assert reasons(Filing("123", "", "", is_compared=False)) == {
        "phone": "phone_unread", "paper": "paper_missing", "why": "why_missing", "is_compared": "not_compared",
    }  # fmt: skip
    assert reasons(replace(GOOD, phone="138 0013 2206")) == {"phone": "same_phone"}
    assert reasons(confirmed=False) == {"__all__": "not_confirmed"}


@pytest.mark.parametrize(
    ("above", "there"),
    [
        ([], None),
        ([Desk(1, 2), Desk(2, 5)], 1),
        ([Desk(1, 1), Desk(2, 2), Desk(3, 9)], 2),
        ([Desk(1, 1), Desk(2, 0)], 1),
        ([Desk(1, 0), Desk(2, 0)], 1),
    ],
)
def test_it_lies_at_the_nearest_union_above_where_two_could_decide(above, there):
    assert lies_at(above) == there


@pytest.mark.parametrize(
    ("decides", "works", "member", "why"),
    [
        (("1.2.",), ("1.2.",), (), None),
        (("1.",), ("1.",), ("1.9.",), None),
        ((HOME,), (HOME,), (), "not_above"),
        (("1.2.3.4.",), (), (), "not_above"),
        (("1.9.",), ("1.9.",), (), "not_above"),
        ((), (), (), "not_above"),
        (("1.2.",), ("1.2.", "1.2.3.4."), (), "of_her_union"),
        (("1.2.",), ("1.2.",), (HOME,), "of_her_union"),
    ],
)
def test_only_who_stands_above_her_union_and_not_in_it_decides(decides, works, member, why):
    found = why_not_decide(decides, works, member, home=HOME)
    assert (found.code if found else None) == why


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 11, 20), 6, date(2026, 5, 20)),
        (date(2026, 8, 31), 6, date(2026, 2, 28)),
        (date(2024, 8, 31), 6, date(2024, 2, 29)),
        (date(2026, 3, 15), 3, date(2025, 12, 15)),
        (date(2026, 1, 31), 2, date(2025, 11, 30)),
    ],
)
def test_months_are_reckoned_by_the_day(day, months, before):
    assert months_before(day, months) == before


def test_a_phone_is_long_unused_from_that_day_on_and_not_before():
    for days in range(4 * 366):
        today = date(2024, 1, 1) + timedelta(days=days)
        for months in (2, 6, 12, 60):
            last = months_before(today, months)
            assert is_long_unused(last, today=today, months=months)
            assert not is_long_unused(last + timedelta(days=1), today=today, months=months)
