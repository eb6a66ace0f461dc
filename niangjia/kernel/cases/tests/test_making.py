"""Moves of a case on PostgreSQL: what changes, what is written, what is refused."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, connections, transaction

from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.cases.models import Case, Running, Step
from niangjia.kernel.cases.queries import met_and_held, moves_of, timeline, visible_to, words_in
from niangjia.kernel.cases.refusals import NotMade
from niangjia.kernel.cases.rules import CLOCK
from niangjia.kernel.cases.services import Act, bar, make
from niangjia.kernel.cases.tests.world import AT, World, later, wired
from niangjia.kernel.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings: object) -> World:
    wired(settings)
    return World()


def made(case: Case, move: str, by: Actor, **more: object) -> Case:
    with acting(by):
        return make(case.pk, move, by=by, **({"at": later(days=1)} | more))


def code_of(case: Case, move: str, by: Actor, **more: object) -> str:
    with pytest.raises(NotMade) as refused:
        made(case, move, by, **more)
    assert str(refused.value.reason)
    return refused.value.reason.code


def test_a_case_begins_where_its_table_begins(world: World) -> None:
    case = world.opened()
    assert (case.stage, case.revision, case.handler_id, case.maker_id) == ("filed", 0, None, None)
    assert case.number.startswith("2026-")
    step = Step.objects.get(case=case)
    assert (step.move, step.stage, step.to, step.account_id, step.author) == ("open", "", "filed", None, "")
    assert [row.tier for row in Running.objects.filter(case=case)] == ["accept_in_time"]
    assert case.due_at == Running.objects.get(case=case).due_at


def test_a_move_changes_the_stage_and_writes_step_and_entry(world: World) -> None:
    case = made(world.opened(), "take", world.zhou)
    assert (case.stage, case.revision, case.maker_id, case.handler_id) == (
        "in_work",
        1,
        world.zhou.account_id,
        world.zhou.account_id,
    )
    step = Step.objects.get(case=case, revision=1)
    assert (step.move, step.stage, step.to, step.account_id) == ("take", "filed", "in_work", world.zhou.account_id)
    entry = Entry.objects.filter(verb="move_case", thing_id=case.pk).latest("id")
    assert entry.detail == {"kind": "trial", "number": case.number, "move": "take", "to": "in_work"}
    assert {row.tier for row in Running.objects.filter(case=case, ended_at=None)} == {"answer"}


def test_who_asked_stands_in_no_step_and_no_entry(world: World) -> None:
    case = made(world.opened(), "withdraw", world.chen)
    assert not Step.objects.filter(case=case).exclude(account=None, author="").exists()
    entries = Entry.objects.filter(thing="case", thing_id=case.pk)
    assert {(entry.account_id, entry.author) for entry in entries} == {(None, "worker")}
    assert case.closed_at is not None


def test_what_was_looked_at_is_what_is_moved(world: World) -> None:
    case = world.opened()
    made(case, "take", world.zhou, seen=0)
    assert code_of(case, "propose", world.zhou, seen=0) == "changed_meanwhile"


def test_a_reason_is_one_of_the_list(world: World) -> None:
    case = made(world.opened(), "take", world.zhou)
    assert code_of(case, "ask_papers", world.zhou) == "reason_missing"
    assert code_of(case, "ask_papers", world.zhou, reason="other") == "reason_unknown"
    assert code_of(case, "propose", world.zhou, reason="thin") == "reason_unknown"
    made(case, "ask_papers", world.zhou, reason="no_form", says="请带上住院的单子")
    step = Step.objects.latest("id")
    assert (step.reason, words_in(step)) == ("no_form", "请带上住院的单子")


def test_who_does_not_meet_a_case_is_answered_as_if_it_were_not_there(world: World) -> None:
    case = world.opened()
    for actor in (world.park_cadre, world.chair, world.auditor, world.worker("li")):
        with pytest.raises(Forbidden), acting(actor):
            make(case.pk, "take", by=actor, at=AT)
    with pytest.raises(Forbidden), acting(world.chen):
        make(case.pk + 1, "withdraw", by=world.chen, at=AT)


def test_several_have_to_be_asked_by_a_decision(world: World) -> None:
    case = made(made(world.opened(), "take", world.zhou), "propose", world.zhou)
    assert code_of(case, "agree", world.zhou) == "same_person"
    assert code_of(case, "agree", world.wang) == "decided_apart"


def test_the_clock_makes_its_moves(world: World) -> None:
    case = world.opened()
    Case.objects.filter(pk=case.pk)  # the clock may not take a case
    with pytest.raises(Forbidden):
        make(case.pk, "take", by=CLOCK, at=AT)


def test_times_rest_while_papers_are_waited_for(world: World) -> None:
    case = made(world.opened(), "take", world.zhou, at=AT)
    due = case.due_at
    made(case, "ask_papers", world.zhou, reason="unclear", at=later(days=10))
    case.refresh_from_db()
    assert case.due_at is None
    case = made(case, "bring_papers", world.chen, at=later(days=20))
    assert due is not None
    assert case.due_at is not None
    assert (case.due_at - due).days >= 10


def test_reopening_begins_anew(world: World) -> None:
    case = world.opened()
    for move, by in (("take", world.zhou), ("propose", world.zhou)):
        made(case, move, by)
    case.refresh_from_db()
    assert case.stage == "checked"
    with acting(world.chen):
        assert [move.name for move in moves_of(Case.objects.get(pk=case.pk), for_=world.chen)] == []


def test_the_asker_is_told_what_she_is_told(world: World) -> None:
    case = made(made(world.opened(), "take", world.zhou), "propose", world.zhou)
    with acting(world.chen):
        assert [told.move for told in timeline(case, is_desk=False)] == ["open", "take"]
        assert not Step.objects.filter(case=case, move="propose").exists()
    with acting(world.wang):
        assert [told.move for told in timeline(case, is_desk=True)] == ["open", "take", "propose"]
        assert timeline(case, is_desk=True)[1].by_name == "zhou"


@pytest.mark.guard(
    "case-by-its-table", "The database refuses a change of stage that the table of the case does not have."
)
def test_the_database_refuses_a_change_that_no_table_has(world: World) -> None:
    case = world.opened()
    for change in ({"stage": "done"}, {"stage": "done", "revision": 1}, {"stage": "in_work"}, {"revision": 2}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(**change)
    for kept in ({"kind": "pool_any"}, {"version": 2}, {"number": "1"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(**kept)
    assert Case.objects.filter(pk=case.pk).update(stage="in_work", revision=1) == 1


@pytest.mark.control("case-by-its-table")
@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_without_its_trigger_one_statement_closes_what_nobody_handled(world: World) -> None:
    case = world.opened()
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE cases_case DISABLE TRIGGER USER")
        cursor.execute("UPDATE cases_case SET stage = 'done', version = 9 WHERE id = %s", [case.pk])
        cursor.execute("ALTER TABLE cases_case ENABLE TRIGGER USER")
    case.refresh_from_db()
    # It is closed, on a table that nobody wired, and nothing tells how it came there.
    assert (case.stage, case.version, case.revision) == ("done", 9, 0)
    assert [step.to for step in Step.objects.filter(case=case)] == ["filed"]


def test_visible_is_what_the_wall_shows(world: World) -> None:
    case = world.opened()
    for actor in (world.zhou, world.county_cadre, world.chen, world.park_cadre, world.chair, world.auditor):
        with acting(actor):
            by_code = set(visible_to(actor).values_list("pk", flat=True))
            assert by_code == set(Case.objects.values_list("pk", flat=True)), actor.name
        assert (case.pk in by_code) == (actor in (world.zhou, world.county_cadre, world.chen))


def test_who_meets_a_case_may_hold_it_and_nobody_else(world: World) -> None:
    """The law worded once for one case is the same law, for two desks as for one, beside walls that are open."""
    case, other = world.opened(), world.opened(asker=world.worker("wei"))
    with acting(world.zhou):
        bar(case.pk, world.wang.account_id or 0, act=Act(world.zhou, later(days=1), "relative"))
    two_desks = replace(world.park_cadre, rights=(*world.park_cadre.rights, *world.county_cadre.rights))
    everybody = (world.zhou, world.wang, world.county_cadre, world.chen, world.park_cadre, world.chair, world.auditor)
    for actor in (*everybody, two_desks, Actor.operator()):
        with acting(Actor.operator()):
            for each in (case, other):
                held = [found.pk for found in met_and_held(actor, each.pk)]
                assert held == list(visible_to(actor).filter(pk=each.pk).values_list("pk", flat=True)), actor.name
    with acting(Actor.operator()):
        assert not met_and_held(world.wang, case.pk)
        assert met_and_held(world.wang, other.pk)
        assert met_and_held(two_desks, case.pk)[0].place == case.place
