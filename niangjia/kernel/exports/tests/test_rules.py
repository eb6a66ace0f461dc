"""When a list may leave the house: pure."""

from datetime import UTC, datetime, timedelta

import pytest

from niangjia.kernel.exports import rules
from niangjia.kernel.exports.rules import Link, Purpose, State

AT = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


def code(reason):
    return reason.code if reason else None


@pytest.mark.parametrize(
    ("rows", "in_clear", "why"),
    [
        (1, (), []),
        (1_000, (), []),
        (1_001, (), ["many_rows"]),
        (1, ("phone",), ["in_clear"]),
        (1_001, ("phone", "id_number"), ["many_rows", "in_clear"]),
    ],
)
def test_over_a_thousand_rows_or_anything_written_out_takes_two_people(rows, in_clear, why):
    assert [reason.code for reason in rules.why_two(rows, in_clear)] == why


@pytest.mark.parametrize(
    ("rows", "purpose", "in_clear", "offered", "why"),
    [
        (5, "check_register", (), (), None),
        (5, "", (), (), "purpose_missing"),
        (5, "curiosity", (), (), "purpose_missing"),
        (0, "check_register", (), (), "no_rows"),
        (300_001, "check_register", (), (), "too_many_rows"),
        (5, "report_up", ("id_number",), ("id_number",), None),
        (5, "report_up", ("id_number",), (), "not_in_clear"),
        (5, "contact_member", ("id_number",), ("id_number",), "purpose_unfit"),
        (5, "contact_member", ("phone",), ("phone",), None),
        (5, "arrange_activity", ("phone",), ("phone",), "purpose_unfit"),
        (5, "report_up", ("political",), ("political",), None),
        (5, "contact_member", ("political",), ("political",), "purpose_unfit"),
    ],
)
def test_a_list_is_asked_for_on_purpose(rows, purpose, in_clear, offered, why):
    assert code(rules.why_not_ask(rows, purpose=purpose, in_clear=in_clear, offered=offered)) == why


@pytest.mark.parametrize(
    ("state", "decides", "is_above", "why"),
    [
        (State.ASKED, 2, True, None),
        (State.ASKED, 1, True, "own_request"),
        (State.ASKED, None, True, "own_request"),
        (State.ASKED, 2, False, "not_above"),
        *((state, 2, True, "not_waiting") for state in State if state is not State.ASKED),
    ],
)
def test_another_person_above_all_the_rows_decides_once(state, decides, is_above, why):
    assert code(rules.why_not_decide(state, asked_by=1, decides=decides, is_above=is_above)) == why


@pytest.mark.parametrize(
    ("agreed", "now", "by_two", "why"),
    [
        (1_000, 1_000, False, None),
        (1_000, 1_001, False, "grown_past"),
        (2_000, 2_200, True, None),
        (2_000, 2_201, True, "grown"),
        (5, 5, True, None),
        (5, 6, True, "grown"),
        (900, 995, False, None),
        (900, 0, False, "no_rows"),
        (900, 10, False, None),
    ],
)
def test_what_was_agreed_to_is_what_is_made(agreed, now, by_two, why):
    assert code(rules.why_not_make(agreed=agreed, now=now, is_agreed_by_two=by_two)) == why


def test_a_link_lives_a_day_and_three_downloads():
    ends = AT + timedelta(hours=24)
    assert code(Link(State.READY, ends, 0, 3).why_dead(ends - timedelta(seconds=1))) is None
    assert code(Link(State.READY, ends, 0, 3).why_dead(ends)) == "link_dead"
    assert code(Link(State.READY, ends, 3, 3).why_dead(AT)) == "used_up"
    assert code(Link(State.EXPIRED, ends, 0, 3).why_dead(AT)) == "no_file"


def test_every_state_has_its_ways_and_the_ends_have_none():
    ends = {State.REFUSED, State.WITHDRAWN, State.EXPIRED, State.VOID}
    for state in State:
        ways = {verb for verb in rules.MOVES if rules.may_move(verb, state)}
        assert bool(ways) is (state not in ends), state


def test_purposes_of_looks_are_purposes_of_lists():
    assert {"report_up", "handle_membership", "handle_help", "check_payment", "contact_member"} <= set(Purpose)
