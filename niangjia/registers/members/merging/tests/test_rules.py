"""Memberships of two records as one person's: no day twice, and no day lost."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from niangjia.registers.members.merging.rules.deciding import LEFT, NUMBER, Choice, are_two_papers, why_not_propose
from niangjia.registers.members.merging.rules.joining import Fitted, Held, fitted
from niangjia.registers.members.tests.people import ID_CHEN, a_number

FIRST = date(2000, 1, 1)
DAYS = 120
ENDS = FIRST + timedelta(days=DAYS)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def covered(since: date, until: date | None) -> set[date]:
    return {day(number) for number in range(DAYS) if since <= day(number) < (until or ENDS)}


@st.composite
def helds(draw: st.DrawFn) -> tuple[list[Held], int | None]:
    """Two records, each with periods one after the other; either may last."""
    rows: list[Held] = []
    for _record in range(2):
        marks = sorted(draw(st.sets(st.integers(0, DAYS - 1), min_size=0, max_size=6)))
        pairs = list(zip(marks[::2], marks[1::2], strict=False))
        rows += [Held(len(rows) + at, day(a), day(b)) for at, (a, b) in enumerate(pairs)]
        if draw(st.booleans()):
            rows.append(Held(len(rows), day(marks[-1] if marks else 0), None))
    lasting = [each.pk for each in rows if each.until is None]
    return rows, draw(st.sampled_from(lasting)) if lasting else None


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(helds())
def test_no_day_twice_and_no_day_lost(case: tuple[list[Held], int | None]) -> None:
    rows, goes_on = case
    found = fitted(rows, goes_on=goes_on)
    stay = [each for each in found if not each.is_gone]
    days = [covered(each.since, each.until) for each in stay]
    before = set().union(*(covered(each.since, each.until) for each in rows))
    assert set().union(*days) == before
    assert sum(map(len, days)) == len(before)
    assert all(each.until is None or each.since < each.until for each in stay)
    assert [each.pk for each in stay if each.until is None] == ([] if goes_on is None else [goes_on])
    assert {each.pk for each in found} == {each.pk for each in rows}


def test_the_one_that_goes_on_keeps_its_days() -> None:
    rows = [Held(1, day(0), None), Held(2, day(30), None)]
    assert fitted(rows, goes_on=2) == (Fitted(2, day(30), None), Fitted(1, day(0), day(30), is_ended=True))
    assert fitted(rows, goes_on=1)[1].is_gone


def test_two_cards_that_differ_are_two_papers_and_a_passport_is_none() -> None:
    other = a_number("34992119800302", 304)
    assert are_two_papers(("id_card", "id_card"), (ID_CHEN, other))
    assert not are_two_papers(("id_card", "id_card"), (ID_CHEN, ID_CHEN))
    assert not are_two_papers(("id_card", "passport"), (ID_CHEN, "E12345678"))


def test_what_is_missing_is_said() -> None:
    whole = Choice({NUMBER: LEFT}, "paper_seen")
    assert why_not_propose(whole, two_papers=False) is None
    assert why_not_propose(Choice({NUMBER: "both"}, "paper_seen"), two_papers=False)
    assert why_not_propose(Choice({NUMBER: LEFT}, ""), two_papers=False)
    assert why_not_propose(whole, two_papers=True)
