"""The rules of terms, seats, composition and votes: worked cases, and what holds of any numbers."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.kernel.places.rules import Level
from niangjia.registers.committees.elections.rules.candidates import Nominee, why_not_stand
from niangjia.registers.committees.elections.rules.voting import (
    Count,
    candidates_fault,
    count_faults,
    elected_of,
    is_recalled,
    least_candidates,
    needed,
    quorum,
)
from niangjia.registers.committees.rules.bodies import BodyKind, Chosen, Post, TermForm
from niangjia.registers.committees.rules.composition import (
    Composed,
    People,
    apart_fault,
    composition_fault,
    form_fault,
    lacking,
)
from niangjia.registers.committees.rules.seats import (
    COMMITTEE_STEPS,
    Step,
    congress_fault,
    seats_fault,
    seats_for,
    with_local,
)
from niangjia.registers.committees.rules.terms import (
    MOST_MONTHS,
    REMIND_DAYS,
    extension_fault,
    last_day,
    latest_extension,
    reminder_due,
    standing_on,
    years_allowed,
)
from niangjia.registers.orgs.rules import UnionKind

DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))
FUTIAN = (Step(10, 1, 1), Step(25, 3, 3), Step(100, 3, 5), Step(200, 5, 7), Step(500, 7, 9))


def on(kind: BodyKind, *people: int, head: Post = Post.CHAIR, side: int = 0) -> Composed:
    """A committee of these persons, the first of whom leads."""
    chosen = tuple(Chosen(person, kind, head if number == 0 else Post.MEMBER) for number, person in enumerate(people))
    return Composed(kind, chosen, side)


@pytest.mark.parametrize(
    ("begins", "years", "last"),
    [
        (date(2024, 3, 1), 3, date(2027, 2, 28)),
        (date(2024, 2, 29), 3, date(2027, 2, 27)),
        (date(2023, 3, 1), 5, date(2028, 2, 29)),
        (date(2022, 1, 1), 3, date(2024, 12, 31)),
    ],
)
def test_a_term_ends_on_the_eve_of_its_day(begins: date, years: int, last: date) -> None:
    assert last_day(begins, years) == last


def test_three_or_five_years_at_the_base_and_five_above() -> None:
    assert years_allowed(Level.BASE) == (3, 5)
    assert years_allowed(Level.TOWN, UnionKind.FEDERATION) == (3, 5)
    assert years_allowed(Level.COUNTY, UnionKind.TERRITORIAL) == (5,)
    assert years_allowed(Level.TOWN, UnionKind.INDUSTRY) == (5,)


@given(DAYS, st.integers(-400, 400))
def test_an_extension_is_between_one_day_and_six_months(ends: date, days: int) -> None:
    until = ends + timedelta(days=days)
    is_right = ends < until <= latest_extension(ends)
    assert (extension_fault(ends, until) is None) is is_right
    assert 181 <= (latest_extension(ends) - ends).days <= 184 or latest_extension(ends).day < ends.day
    assert MOST_MONTHS == 6


@given(DAYS, st.integers(-2000, 400))
def test_a_reminder_is_the_nearest_day_not_yet_past(last: date, days: int) -> None:
    due = reminder_due(last, on=last + timedelta(days=days))
    left = -days
    expected = 0 if left < 0 else next((each for each in sorted(REMIND_DAYS) if left <= each), None)
    assert due == expected


@given(DAYS, st.integers(-500, 500), st.none() | st.integers(1, 180))
def test_a_term_runs_until_its_last_day_and_never_after(ends: date, days: int, more: int | None) -> None:
    extended = ends + timedelta(days=more) if more else None
    on_day = ends + timedelta(days=days)
    standing = standing_on(ends, extended, on=on_day)
    assert (standing.value == "run_out") is (on_day > (extended or ends))
    assert (standing.value == "extended") is (extended is not None and ends < on_day <= extended)


@pytest.mark.parametrize(
    ("members", "least", "most"),
    [
        (24, 1, 5),
        (25, 3, 7),
        (200, 3, 7),
        (201, 7, 15),
        (1_000, 7, 15),
        (1_001, 15, 21),
        (10_000, 21, 29),
        (60_000, 37, 45),
    ],
)
def test_seats_by_members(members: int, least: int, most: int) -> None:
    step = seats_for(members)
    assert (step.least, step.most) == (least, most)
    assert seats_fault(least, step, members) is None
    assert seats_fault(most + 1, step, members) is not None


@given(st.integers(0, 100_000))
def test_local_steps_hold_where_they_speak_and_national_ones_above(members: int) -> None:
    step = seats_for(members, with_local(FUTIAN))
    if members > 500:
        assert step == seats_for(members, COMMITTEE_STEPS)
    else:
        assert step in FUTIAN


def test_a_congress_needs_a_hundred_members_and_its_seats() -> None:
    assert congress_fault(40, 99) is not None
    assert congress_fault(40, 100) is None
    assert congress_fault(41, 200) is not None
    assert congress_fault(60, 1_000) is None


@given(st.integers(1, 1_000_000))
def test_quorum_and_majority_by_other_arithmetic(entitled: int) -> None:
    assert quorum(entitled) * 3 >= entitled * 2 > (quorum(entitled) - 1) * 3
    assert needed(entitled) * 2 > entitled >= (needed(entitled) - 1) * 2
    assert is_recalled(entitled=entitled, votes=needed(entitled))
    assert not is_recalled(entitled=entitled, votes=entitled // 2)


@pytest.mark.parametrize(
    ("seats", "kind", "least"),
    [(5, BodyKind.COMMITTEE, 6), (20, BodyKind.COMMITTEE, 21), (21, BodyKind.COMMITTEE, 23), (9, BodyKind.STANDING, 10), (11, BodyKind.STANDING, 13), (3, BodyKind.AUDIT, 4), (1, BodyKind.COMMITTEE, 1)],
)  # fmt: skip
def test_more_candidates_than_seats(seats: int, kind: BodyKind, least: int) -> None:
    assert least_candidates(seats, kind) == least
    assert candidates_fault(least, seats, kind) is None
    assert candidates_fault(least - 1, seats, kind) is not None


@given(st.dictionaries(st.integers(1, 40), st.integers(0, 60), max_size=20), st.integers(1, 9), st.integers(1, 60))
def test_nobody_is_elected_by_half_and_never_more_than_there_are_seats(
    votes: dict[int, int], seats: int, entitled: int
) -> None:
    won = elected_of(votes, seats=seats, entitled=entitled)
    assert len(won) <= seats
    assert all(2 * votes[each] > entitled for each in won)
    lost = [number for each, number in votes.items() if each not in won and 2 * number > entitled]
    assert all(number <= min((votes[each] for each in won), default=number) for number in lost)
    if lost:
        over = [number for number in votes.values() if 2 * number > entitled]
        assert len(over) > seats, "whoever has more than half is left out only where the last seats are tied or full"


def test_the_tied_of_the_last_seat_go_to_another_round() -> None:
    assert elected_of({1: 20, 2: 18, 3: 18}, seats=2, entitled=30) == (1,)
    assert elected_of({1: 20, 2: 18, 3: 17}, seats=2, entitled=30) == (1, 2)


def test_figures_that_cannot_be() -> None:
    assert set(count_faults(Count(30, 31, 32, {7: 33}))) == {"present", "ballots", "votes_7"}
    assert set(count_faults(Count(30, 19, 19, {}))) == {"present"}
    assert not count_faults(Count(30, 20, 20, {7: 20}))


PEOPLE = People(members=60, women=12)


@pytest.mark.parametrize(
    ("body", "people", "code"),
    [
        (on(BodyKind.COMMITTEE, 1, 2, 3), PEOPLE, None),
        (on(BodyKind.COMMITTEE, 1, 2), PEOPLE, "seats"),
        (on(BodyKind.COMMITTEE, 1, 2, 3, head=Post.MEMBER), PEOPLE, "one_chair"),
        (on(BodyKind.AUDIT, 1, 2), PEOPLE, "audit_size"),
        (on(BodyKind.AUDIT, 1, head=Post.MEMBER), People(20), None),
        (on(BodyKind.WOMEN, 1), PEOPLE, "women_committee"),
        (on(BodyKind.WOMEN, 1), People(60, 9), None),
        (on(BodyKind.WOMEN, 1, 2), PEOPLE, None),
        (on(BodyKind.WOMEN, 1), People(60, 12, women_from=25), None),
        (on(BodyKind.SUPERVISION, 1, 2), PEOPLE, "supervision_size"),
        (on(BodyKind.SUPERVISION, 1), People(24), None),
        (on(BodyKind.MEDIATION, 1, 2, side=2), PEOPLE, None),
        (on(BodyKind.MEDIATION, 1, 2, side=3), PEOPLE, "mediation_equal"),
        (on(BodyKind.COMMITTEE, 1, 1, 2), PEOPLE, "twice_on_it"),
    ],
)
def test_committees_worked(body: Composed, people: People, code: str | None) -> None:
    fault = composition_fault(body, people)
    assert (fault.code if fault else None) == code


@given(st.lists(st.tuples(st.integers(1, 6), st.sampled_from(list(BodyKind)), st.sampled_from(list(Post))), max_size=9))
def test_nobody_audits_the_money_she_keeps(drawn: list[tuple[int, BodyKind, Post]]) -> None:
    everyone = [Chosen(*each) for each in drawn]
    both = any(
        one.post is Post.FINANCE and other.body is BodyKind.AUDIT and one.person_id == other.person_id
        for one in everyone
        for other in everyone
    )
    assert (apart_fault(everyone) is not None) is both


def test_forms_of_small_unions() -> None:
    assert form_fault(TermForm.ORGANISER, People(25), employers=1) is not None
    assert form_fault(TermForm.ORGANISER, People(24), employers=1) is None
    assert form_fault(TermForm.JOINT_COMMITTEE, People(24), employers=1) is not None
    assert form_fault(TermForm.JOINT_COMMITTEE, People(24), employers=2) is None
    assert form_fault(TermForm.COMMITTEE, People(24), employers=0) is None


def test_what_a_union_must_have() -> None:
    assert lacking(PEOPLE, ()) == (BodyKind.COMMITTEE, BodyKind.AUDIT, BodyKind.WOMEN, BodyKind.SUPERVISION)
    assert lacking(People(60, 0, is_enterprise=False), {BodyKind.COMMITTEE}) == (BodyKind.AUDIT,)


@pytest.mark.parametrize(
    ("nominee", "codes"),
    [
        (Nominee(BodyKind.COMMITTEE), []),
        (Nominee(BodyKind.COMMITTEE, is_relative=True), ["relative"]),
        (Nominee(BodyKind.COMMITTEE, is_retained=True, is_member=False), ["retained"]),
        (Nominee(BodyKind.COMMITTEE, is_member=False), ["no_member"]),
        (Nominee(BodyKind.COMMITTEE, Post.CHAIR, is_personnel_head=True, is_foreign=True), ["personnel", "foreign"]),
        (Nominee(BodyKind.COMMITTEE, is_personnel_head=True, is_foreign=True, is_manager=True), []),
        (Nominee(BodyKind.AUDIT, keeps_money=True), ["audit_apart"]),
        (Nominee(BodyKind.COMMITTEE, Post.FINANCE, audits=True), ["audit_apart"]),
    ],
)
def test_who_may_stand(nominee: Nominee, codes: list[str]) -> None:
    assert [each.code for each in why_not_stand(nominee)] == codes
