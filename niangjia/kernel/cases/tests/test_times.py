"""Times of cases: what they are computed from, who is reminded when, what happens by itself."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from niangjia.kernel import clock
from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.by_clock import calendar_changed, compute_all_again, make_due_moves
from niangjia.kernel.cases.catalogue import flows
from niangjia.kernel.cases.kinds import CaseKind, kind_of, kinds
from niangjia.kernel.cases.models import Case, Running
from niangjia.kernel.cases.reminding import remind
from niangjia.kernel.cases.services import Act, bar, decide, make
from niangjia.kernel.cases.tests.tables import TRIAL
from niangjia.kernel.cases.tests.world import AT, World, later, wired
from niangjia.kernel.cases.today import due_day
from niangjia.kernel.dated.models import PublicDay
from niangjia.kernel.messages.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings: object) -> World:
    wired(settings)
    return World()


def go(case: Case, move: str, by: Actor, at: datetime = AT, **more: object) -> Case:
    with acting(by):
        return make(case.pk, move, by=by, at=at, **more)


def taken(world: World) -> Case:
    return go(world.opened(), "take", world.zhou)


def answered(world: World) -> Case:
    case = go(taken(world), "propose", world.zhou)
    with acting(world.wang):
        decide(case.pk, "agree", by=world.wang, at=AT)
    case.refresh_from_db()
    return case


def morning(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, 5, tzinfo=clock.PEOPLE_ZONE)


def told() -> list[tuple[str, int | None]]:
    return list(
        Message.objects.filter(template__startswith="case_").order_by("id").values_list("template", "account_id")
    )


def test_the_asker_s_five_working_days_end_on_the_next_monday(world: World) -> None:
    case = world.opened()
    assert due_day(case.due_at) == date(2026, 3, 9)
    running = Running.objects.get(case=case)
    assert (running.unit, running.number, running.is_default) == ("working_days", 5, True)


def test_reminders_go_to_who_has_it_and_then_to_the_union_above(world: World) -> None:
    case = taken(world)
    last = due_day(case.due_at)
    assert last is not None
    assert remind(at=morning(last - timedelta(days=20))) == 0
    assert remind(at=morning(last, 20)) == 0
    assert remind(at=morning(last)) == 1
    assert remind(at=morning(last, 10)) == 0
    assert told() == [("case_due_soon", world.zhou.account_id)]
    day = last + timedelta(days=1)
    while not remind(at=morning(day)):
        day += timedelta(days=1)
    assert told()[1:] == [("case_late", world.zhou.account_id), ("case_late_below", world.county_cadre.account_id)]
    assert remind(at=morning(day + timedelta(days=30))) == 0


def test_who_keeps_away_is_reminded_of_nothing(world: World) -> None:
    case = world.opened()
    with acting(world.zhou):
        bar(case.pk, world.county_cadre.account_id or 0, act=Act(world.zhou, AT, "relative"))
        bar(case.pk, world.wang.account_id or 0, act=Act(world.zhou, AT, "relative"))
    remind(at=morning(date(2026, 5, 20)))
    assert {account for _key, account in told()} == {world.zhou.account_id}


def test_nobody_is_reminded_of_what_rests_or_is_closed(world: World) -> None:
    go(taken(world), "ask_papers", world.zhou, reason="unclear")
    go(world.opened(), "withdraw", world.chen)
    assert remind(at=morning(date(2026, 9, 1))) == 0


def test_the_clock_makes_what_is_over_and_only_that(world: World) -> None:
    case = answered(world)
    assert make_due_moves(at=later(hours=71)) == 0
    assert make_due_moves(at=later(hours=72)) == 1
    case.refresh_from_db()
    assert (case.stage, case.due_at, case.waits_for) == ("done", None, "nobody")
    assert make_due_moves(at=later(hours=100)) == 0


def test_when_the_calendar_changes_what_runs_is_computed_again(world: World) -> None:
    case = world.opened()
    before = case.due_at
    PublicDay.objects.create(year=2026, day=date(2026, 3, 5), is_working=False, name="放假", source="试")
    calendar_changed(first=date(2025, 12, 1), last=date(2026, 12, 31))
    assert compute_all_again(at=later(days=1)) == 1
    case.refresh_from_db()
    assert before is not None
    assert case.due_at is not None
    assert case.due_at > before
    assert compute_all_again(at=later(days=1)) == 0


def test_a_kind_says_every_word_of_its_table(world: World) -> None:
    kind = kind_of("trial")
    assert kind is not None
    assert kind.missing(TRIAL) == []
    assert replace(kind, stages={}, steps=()).missing(TRIAL)[0] == "stage answered"
    assert world.opened().kind == kind.kind


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind)
def test_every_wired_kind_says_every_word_of_its_tables(kind: CaseKind) -> None:
    assert [lacking for flow in flows() if flow.kind == kind.kind for lacking in kind.missing(flow)] == []
