from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from niangjia.kernel.access.phone_code import rules
from niangjia.kernel.access.phone_code.rules import Asked, Caps, PhoneHolder, Standing, Verdict

ZONE = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
CAPS = Caps(an_hour=600, an_hour_here=300)
# Seconds from one knock to the next, over several days.
GAPS = st.lists(st.integers(min_value=0, max_value=30_000), max_size=60)
# A machine that is busy is no fault of the rules.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def code_of(reason):
    return None if reason is None else reason.code


def sent_of(gaps):
    """What is sent when somebody knocks after each of these pauses."""
    at, sent = NOON, list[datetime]()
    for gap in gaps:
        at += timedelta(seconds=gap)
        if rules.why_no_code(rules.asked_by_phone(sent, at=at, zone=ZONE), CAPS, at=at) is None:
            sent.append(at)
    return sent


@patient
@given(GAPS)
def test_no_day_of_the_people_s_has_more_than_five_codes_and_none_follows_within_a_minute(gaps):
    sent = sent_of(gaps)
    days = [at.astimezone(ZONE).date() for at in sent]
    assert all(days.count(day) <= 5 for day in days)
    assert all(later - earlier >= timedelta(seconds=60) for earlier, later in pairwise(sent))


@patient
@given(st.integers(min_value=0, max_value=86_399))
def test_a_day_begins_at_midnight_where_the_people_are(second):
    midnight = datetime(2026, 11, 20, tzinfo=ZONE)
    assert rules.day_began(midnight + timedelta(seconds=second), zone=ZONE) == midnight


def test_a_new_day_begins_at_midnight_in_shanghai_not_in_greenwich():
    late = [datetime(2026, 11, 20, 15, minute, tzinfo=UTC) for minute in range(50, 55)]
    before, after = datetime(2026, 11, 20, 15, 59, tzinfo=UTC), datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
    assert (
        code_of(rules.why_no_code(rules.asked_by_phone(late, at=before, zone=ZONE), CAPS, at=before)) == "enough_today"
    )
    assert rules.why_no_code(rules.asked_by_phone(late, at=after, zone=ZONE), CAPS, at=after) is None


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (Asked(), None),
        (Asked(today=4, this_hour=599, this_hour_here=299), None),
        (Asked(today=5), "enough_today"),
        (Asked(last_at=NOON - timedelta(seconds=59)), "too_soon"),
        (Asked(last_at=NOON - timedelta(seconds=60)), None),
        (Asked(this_hour_here=300), "enough_here"),
        (Asked(this_hour=600), "enough_everywhere"),
    ],
)
def test_who_gets_a_code(asked, code):
    assert code_of(rules.why_no_code(asked, CAPS, at=NOON)) == code


@patient
@given(st.lists(st.booleans(), max_size=12), st.integers(min_value=0, max_value=600))
def test_a_code_is_right_once_at_most_and_never_after_five_wrong_tries_or_five_minutes(tries, seconds):
    code, at, right = Standing(asked_at=NOON), NOON + timedelta(seconds=seconds), 0
    for number, is_right in enumerate(tries):
        said = rules.verdict(code, is_right=is_right, at=at)
        if said is Verdict.RIGHT:
            right += 1
            assert seconds < 300
            assert tries[:number].count(False) < 5
            code = Standing(NOON, code.tries, proved_at=at)
        elif said is Verdict.WRONG:
            code = Standing(NOON, code.tries + 1)
    assert right <= 1
    assert code.tries <= rules.MOST_TRIES


@patient
@given(st.binary(min_size=16, max_size=16))
def test_a_code_is_six_digits_whatever_the_key(keyed):
    assert len(rules.digits_of(keyed)) == 6
    assert rules.digits_of(keyed).isdigit()


def a_holder(subject_id, *, tail="3021", confirmed=False):
    return PhoneHolder(subject_id, "陈桂兰", tail, confirmed)


def test_who_confirmed_a_phone_keeps_it():
    first, second = a_holder(1), a_holder(2, confirmed=True)
    assert rules.those_meant([first, second]) == (second,)
    assert rules.those_meant([first]) == (first,)
    assert rules.those_meant([]) == ()


def test_a_family_shares_a_phone_an_office_does_not():
    assert len(rules.those_meant([a_holder(number) for number in range(3)])) == 3
    assert rules.those_meant([a_holder(number) for number in range(4)]) == ()


def test_the_end_of_the_number_tells_one_person_or_nobody():
    holders = [a_holder(1, tail="302X"), a_holder(2, tail="1160"), a_holder(3, tail="1160")]
    assert rules.one_with_tail(holders, "302x") == holders[0]
    assert rules.one_with_tail(holders, "1160") is None
    assert rules.one_with_tail(holders, "9999") is None
