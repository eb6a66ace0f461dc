"""When a message leaves: quiet hours over midnight, digests, and what presses."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from niangjia.kernel.messages.rules import (
    BACK_OFF,
    DELIVERY_MOVES,
    DeliveryState,
    Kind,
    QuietHours,
    Template,
    Wishes,
    due_at,
    next_try,
    quiet_hours_on,
)

ZONE = ZoneInfo("Asia/Shanghai")
OWN_DATA = Template("one", 1, Kind.OWN_DATA, "有一条", "看。")
WORK = replace(OWN_DATA, kind=Kind.WORK)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("11-20 20:59", "11-20 20:59"),
        ("11-20 21:00", "11-21 08:00"),
        ("11-20 23:59", "11-21 08:00"),
        ("11-21 00:00", "11-21 08:00"),
        ("11-21 07:59", "11-21 08:00"),
        ("11-21 08:00", "11-21 08:00"),
        ("12-31 22:00", None),
    ],
)
def test_quiet_hours_reach_over_midnight(at, due):
    expected = moment(due) if due else datetime(2027, 1, 1, 8, tzinfo=ZONE)
    assert due_at(OWN_DATA, Wishes(), at=moment(at), zone=ZONE) == expected


def test_an_instant_counts_where_the_people_are_and_no_summer_time_moves_it():
    in_utc = moment("07-01 22:00").astimezone(ZoneInfo("UTC"))
    assert due_at(OWN_DATA, Wishes(), at=in_utc, zone=ZONE) == moment("07-02 08:00")
    assert {moment(f"{month:02}-15 12:00").utcoffset() for month in range(1, 13)} == {timedelta(hours=8)}


@pytest.mark.parametrize(("quiet", "due"), [(QuietHours(12, 14), "11-20 14:00"), (QuietHours(0, 0), "11-20 13:00")])
def test_one_s_own_quiet_hours_replace_the_default(quiet, due):
    assert due_at(OWN_DATA, Wishes(quiet=quiet), at=moment("11-20 13:00"), zone=ZONE) == moment(due)


def test_what_presses_goes_at_once():
    at = moment("11-20 23:00")
    assert due_at(replace(OWN_DATA, is_urgent=True), Wishes(), at=at, zone=ZONE) == at


@pytest.mark.parametrize(
    ("at", "hour", "due"),
    [
        ("11-20 08:59", 9, "11-20 09:00"),
        ("11-20 09:00", 9, "11-21 09:00"),
        ("11-20 10:00", None, "11-20 10:00"),
        ("11-20 10:00", 6, "11-21 08:00"),  # before her quiet hours end: after them
    ],
)
def test_work_comes_together_at_the_hour_of_her_choice(at, hour, due):
    assert due_at(WORK, Wishes(digest_hour=hour), at=moment(at), zone=ZONE) == moment(due)


def test_the_default_quiet_hours_are_dated():
    assert quiet_hours_on(moment("11-20 12:00").date()) == QuietHours(21, 8)


def test_tries_come_later_and_later_and_end():
    at = moment("11-20 12:00")
    tries = [next_try(number, at=at) for number in range(1, len(BACK_OFF) + 1)]
    waits = [again - at for again in tries if again is not None]
    assert len(waits) == len(BACK_OFF)
    assert waits == sorted(waits)
    assert next_try(len(BACK_OFF) + 1, at=at) is None


def test_nothing_leads_on_from_what_arrived_and_what_nobody_knows():
    ends = set(DeliveryState) - {before for before, _after in DELIVERY_MOVES}
    assert ends == {
        DeliveryState.DELIVERED,
        DeliveryState.PERMANENT,
        DeliveryState.UNKNOWN,
        DeliveryState.NOT_NEEDED,
    }
