"""The board: counted as the rows are, rows for who meets them, totals in large groups for who may not; no one is ranked."""

from collections import Counter
from datetime import date, timedelta
from http import HTTPStatus
from itertools import product

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import open_session
from niangjia.kernel.cases.models import Barred, Opinion, Running
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.rules import Level
from niangjia.registers.orgs.tests.office import register
from niangjia.services.requests import following, handling
from niangjia.services.requests.board.queries import Tally, counted
from niangjia.services.requests.board.totals import told_counties, totals_of
from niangjia.services.requests.hotspots.queries import GRIEVANCES, SERVICES, quarters_before
from niangjia.services.requests.models import Request
from niangjia.services.requests.outcomes import AGAIN, IN_TIME, LATE, UNANSWERED, in_outcome, instant_of
from niangjia.services.requests.queries import visible_to
from niangjia.services.requests.rules.board import (
    Span,
    band_of,
    middle,
    month_after,
    months_back,
    months_of,
    span_of,
    span_of_quarter,
    told_parts,
)
from niangjia.services.requests.tests.street import Street

K = 10
BOARD = "/requests/board/"


@pytest.fixture
def street() -> Street:
    return Street(register("东川市总工会", Level.CITY))


def at(account: Account) -> Client:
    return open_session(Client(), account)


def answered(street: Street, *, late: bool = False, **more: str) -> Request:
    """A complaint that was answered, in its time or after it."""
    request = street.says(**more)
    seen = street.seen(street.zhou)
    handling.accept(request.pk, "petition", seen=seen)
    handling.take(request.pk, seen=seen)
    handling.move(request.pk, "answer", seen=seen, says="三十日前发到卡上。")
    if late:
        Running.objects.filter(case=request.pk, tier="answer_petition").update(due_at=clock.now() - timedelta(days=1))
    return request


def of_this_year(street: Street, account: Account) -> Tally:
    span = span_of("12m", today=clock.today())
    assert span is not None
    return counted(street.actor(account), span, at=clock.now() + timedelta(minutes=1)).whole


# ── the rules ──


@given(st.lists(st.integers(0, 40), min_size=1, max_size=6), st.booleans())
def test_nobody_works_a_withheld_part_out_of_the_whole_and_the_others(numbers: list[int], is_told: bool) -> None:
    parts = {f"p{at}": number for at, number in enumerate(numbers)}
    whole_is_told = is_told and sum(numbers) >= K
    told = told_parts(parts, k=K, whole_is_told=whole_is_told)
    hidden = [name for name, number in told.items() if number is None]
    assert all(number is None or number == parts[name] >= K for name, number in told.items())
    if whole_is_told and hidden:
        rest = sum(numbers) - sum(number for number in told.values() if number is not None)
        # Every split of the rest is as good as another: each hidden part may be anything from nothing to all of it.
        assert rest >= K
        assert len(hidden) > 1
    if not whole_is_told:
        assert hidden


def test_no_more_is_withheld_than_has_to_be() -> None:
    assert told_parts({"a": 12, "b": 30}, k=K, whole_is_told=True) == {"a": 12, "b": 30}
    assert told_parts({"a": 3, "b": 30, "c": 12}, k=K, whole_is_told=True) == {"a": None, "b": 30, "c": None}
    assert told_parts({"a": 6, "b": 7, "c": 30}, k=K, whole_is_told=True) == {"a": None, "b": None, "c": 30}
    assert told_parts({"a": 12, "b": 30}, k=K, whole_is_told=False) == {"a": None, "b": 30}


def test_the_middle_of_a_row_is_one_of_it_or_lies_between_two() -> None:
    assert middle(Counter()) is None
    assert middle(Counter([3])) == 3
    assert middle(Counter([1, 2, 9])) == 2
    assert middle(Counter([1, 2, 3, 9])) == 2.5


def test_spans_begin_and_end_with_whole_months() -> None:
    assert months_back(date(2026, 2, 20), 3) == [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]
    assert span_of("3m", today=date(2026, 2, 20)) == Span(date(2025, 12, 1), date(2026, 3, 1))
    assert span_of("2025-12", today=date(2026, 2, 20)) == Span(date(2025, 12, 1), date(2026, 1, 1))
    for nothing in ("", "x", "2026-13", "9999-12", "12"):
        assert span_of(nothing, today=date(2026, 2, 20)) is None
    assert span_of_quarter("2025Q4") == Span(date(2025, 10, 1), date(2026, 1, 1))
    assert [band_of(days).most_days for days in (0, 3, 4, 30, 60, 61)] == [3, 3, 10, 30, 60, None]


# ── rows ──


@pytest.mark.django_db
def test_what_is_counted_is_what_the_list_shows(street: Street) -> None:
    in_time, late, again = answered(street), answered(street, late=True), answered(street)
    street.says(topic="leave")
    following.disagree(again.pk, by=street.actor(street.worker), at=clock.now(), reason="not_done")
    assert of_this_year(street, street.zhou) == Tally(came=4, answered=3, late=1, again=1)
    rows = visible_to(street.actor(street.zhou))
    with clock.at(clock.now() + timedelta(minutes=1)):
        found = {name: set(in_outcome(rows, name).values_list("pk", flat=True)) for name in (IN_TIME, LATE, AGAIN)}
        assert in_outcome(rows, UNANSWERED).count() == 1
        assert found == {IN_TIME: {in_time.pk, again.pk}, LATE: {late.pk}, AGAIN: {again.pk}}
        client = at(street.zhou)
        page = client.get(BOARD).content.decode()
        assert "/requests/?came=12m&amp;kind=complain" in page
        listed = client.get("/requests/?came=12m&kind=complain&outcome=late").content.decode()
        assert late.case.number in listed
        assert in_time.case.number not in listed
        month = f"{clock.today():%Y-%m}"
        assert late.case.number in client.get(f"/requests/?came={month}&place={street.town.code}").content.decode()
        assert late.case.number not in client.get(f"/requests/?came=12m&place={street.park.code}").content.decode()


@pytest.mark.django_db
def test_what_somebody_keeps_away_from_is_not_counted_for_her(street: Street) -> None:
    request = street.says()
    Barred.objects.create(city=request.city, case=request.case, account=street.zhou, reason="declared")
    assert of_this_year(street, street.zhou).came == 0
    assert of_this_year(street, street.yang).came == 1


@pytest.mark.django_db
def test_opinions_are_counted_once_the_case_is_closed(street: Street) -> None:
    request, hers = answered(street), street.actor(street.worker)
    following.rate(request.pk, Opinion.POOR, by=hers, at=clock.now(), says="等了太久。")
    span = span_of("3m", today=clock.today())
    assert span is not None
    assert counted(street.actor(street.zhou), span, at=clock.now()).opinions == {}
    following.agree(request.pk, by=hers, at=clock.now())
    assert counted(street.actor(street.zhou), span, at=clock.now()).opinions == {"poor": 1}


@pytest.mark.django_db
def test_no_handler_stands_on_the_board_and_places_stand_in_their_order(street: Street) -> None:
    for _each in range(3):
        answered(street)
    page = at(street.yang).get(BOARD).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    # Her own name stands in the foot of what she prints.
    assert (street.zhou.name, main.count(street.zhou.name)) == (street.yang.name, 1)
    assert "柳林镇" in main


# ── who opens it ──


@pytest.mark.django_db
def test_rows_for_who_handles_totals_for_a_city_and_an_auditor_nothing_for_others(street: Street) -> None:
    gao = street.account("gao", Role.CADRE, Union.objects.get(name="东川市总工会"))
    sun, mills = street.account("sun", Role.AUDITOR, street.county), street.account("mo", Role.AUDITOR, street.mill)
    street.says()
    for account, words in (
        (street.zhou, "点一行，看是哪些"),
        (street.yang, "点一行，看是哪些"),
        (street.li, "点一行，看是哪些"),
        (gao, "点一行，看是哪些"),
        (sun, "只有总数，看不到单件"),
        (mills, "按整个县算"),
    ):
        assert words in at(account).get(BOARD).content.decode(), account.login
    below = at(gao).get(f"{BOARD}?county={street.county.pk}").content.decode()
    assert "只有总数，看不到单件" in below
    assert "/requests/?came" not in below
    # Who meets the rows is not told them a second time, rounded.
    assert "点一行，看是哪些" in at(street.zhou).get(f"{BOARD}?county={street.county.pk}").content.decode()
    for account in (street.chair, street.worker):
        assert at(account).get(BOARD).status_code == HTTPStatus.NOT_FOUND, account.login
    assert told_counties(street.actor(street.zhou)) == []
    assert [place.pk for place in told_counties(street.actor(gao))] == [street.county.pk]


# ── totals ──


@pytest.mark.django_db
def test_totals_tell_ten_and_no_fewer_and_stay_as_they_were(street: Street) -> None:
    quarter = quarters_before(clock.today())[0]
    then = instant_of(months_of(quarter)[1]) + timedelta(days=9)
    with clock.at(then):
        for each in range(12):
            answered(street, late=each < 2)
        for _each in range(3):
            street.says("ask")
    told = totals_of(street.county.place, quarter, GRIEVANCES)
    assert (told.came, told.answered, told.rated) == (12, 12, None)
    assert told.times == {IN_TIME: None, LATE: None}  # twelve, of which ten in time, would tell of the two
    assert told.median_days == 0
    assert set(told.kinds.values()) == {None}  # with the whole, twelve complaints would tell of no call for a lawyer
    services = totals_of(street.county.place, quarter, SERVICES)
    assert services.came is None
    assert set(services.kinds.values()) == {None}
    for request in Request.objects.filter(kind="complain").order_by("pk")[:3]:
        following.disagree(request.pk, by=street.actor(street.worker), at=clock.now(), reason="not_done")
    assert totals_of(street.county.place, quarter, GRIEVANCES) == told


@pytest.mark.guard(
    "totals-share-their-whole-alone",
    "Tables of totals tell nothing by subtraction, one against another or against hotspots.",
)
@pytest.mark.django_db
def test_tables_of_one_county_agree_and_leave_every_withheld_figure_open(street: Street) -> None:
    quarter = quarters_before(clock.today())[0]
    then = instant_of(months_of(quarter)[0]) + timedelta(days=3)
    with clock.at(then):
        for number, topic in product(range(7), ("wages", "safety")):
            street.says(topic=topic, kind="legal" if number < 2 else "complain")
    told = totals_of(street.county.place, quarter, GRIEVANCES)
    assert told.came == told.hotspots.figures["", ""] == 14
    for parts in (told.months, told.kinds, told.channels):
        hidden = [name for name, number in parts.items() if number is None]
        rest = 14 - sum(number for number in parts.values() if number is not None)
        assert not hidden or (len(hidden) > 1 and rest >= K) or rest == 0, parts


@pytest.mark.control("totals-share-their-whole-alone")
def test_were_small_parts_alone_withheld_the_whole_would_give_them_away() -> None:
    parts = {"complain": 12, "legal": 2}
    naive = {name: number if number >= K else None for name, number in parts.items()}
    whole = sum(parts.values())
    assert whole - sum(number for number in naive.values() if number is not None) == parts["legal"]
    told = told_parts(parts, k=K, whole_is_told=True)
    assert set(told.values()) == {None}


def test_a_month_follows_another() -> None:
    assert month_after(date(2026, 12, 1)) == date(2027, 1, 1)
