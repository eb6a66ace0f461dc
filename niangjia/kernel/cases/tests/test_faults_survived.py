"""Cases survive what happens to machines: two at once, and death before any statement of a move."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, transaction

from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.cases.models import Case, Decision, Running, Step
from niangjia.kernel.cases.services import NotMade, decide, make
from niangjia.kernel.cases.tests.tables import POOL_ANY
from niangjia.kernel.cases.tests.world import AT, World, later, wired
from niangjia.kernel.journal.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)


class Killed(BaseException):
    """The process is dead: nothing of it runs any more."""


@contextmanager
def dying_before(statement: int) -> Iterator[None]:
    """Every statement from this one on never reaches the database."""
    sent = 0

    def wrapper(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        nonlocal sent
        if sent >= statement:
            raise Killed
        sent += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        yield


@pytest.fixture
def world(settings: object) -> World:
    wired(settings)
    return World()


def whole(case: Case) -> bool:
    """A case whose revision, steps, entries and times tell the same story."""
    case.refresh_from_db()
    steps = Step.objects.filter(case=case)
    entries = Entry.objects.filter(verb="move_case", thing_id=case.pk)
    soonest = Running.objects.filter(case=case, ended_at=None, due_at__isnull=False).order_by("due_at").first()
    return (
        steps.count() == entries.count() == case.revision + 1
        and steps.latest("revision").to == case.stage
        and case.due_at == (soonest.due_at if soonest else None)
    )


def lives(case: Case, world: World, *, dying_at: int) -> bool:
    try:
        with dying_before(dying_at), transaction.atomic(), acting(world.zhou):
            make(case.pk, "take", by=world.zhou, at=AT, seen=0, says="收到了")
    except Killed:
        connection.close()
        return False
    return True


@pytest.mark.guard(
    "case-move-whole", "A move that dies at any statement leaves nothing behind, and the same move again is whole."
)
def test_death_before_any_statement_leaves_a_case_as_it_was(world: World) -> None:
    statement, lived = 0, False
    while not lived:
        case = world.opened()
        lived = lives(case, world, dying_at=statement)
        assert whole(case), statement
        assert case.revision == int(lived), statement
        if not lived:
            assert lives(case, world, dying_at=1000), statement
            assert whole(case), statement
        statement += 1
    assert statement > 10


@pytest.mark.control("case-move-whole")
def test_without_a_transaction_a_death_leaves_half_a_move(world: World) -> None:
    case = world.opened()
    with dying_before(1):
        Case.objects.filter(pk=case.pk).update(stage="in_work", revision=1)
        with pytest.raises(Killed):
            Step.objects.create(city=case.city, case=case, revision=1, move="take", stage="filed", to="in_work")
    assert not whole(case)


def at_once(*calls: Callable[[], object]) -> list[str]:
    """What became of calls made at the same instant, each on a connection of its own."""
    start, said = Barrier(len(calls)), []

    def run(call: Callable[[], object]) -> None:
        start.wait()
        try:
            call()
            said.append("done")
        except NotMade as refused:
            said.append(refused.reason.code)
        except Forbidden as refused:
            said.append(refused.reason)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(said)


def test_of_two_who_move_at_once_one_wins_and_the_other_is_told(world: World) -> None:
    case = world.opened()

    def takes(who: str) -> Callable[[], object]:
        by = getattr(world, who)

        def call() -> object:
            with transaction.atomic(), acting(by):
                return make(case.pk, "take", by=by, at=AT, seen=0)

        return call

    assert at_once(takes("zhou"), takes("wang"), takes("county_cadre")) == ["changed_meanwhile"] * 2 + ["done"]
    assert whole(case)


def test_of_two_voices_at_once_one_settles_it(world: World) -> None:
    case = world.opened(POOL_ANY)
    with transaction.atomic(), acting(world.zhou):
        make(case.pk, "bring", by=world.zhou, at=AT)

    def speaks(who: str) -> Callable[[], object]:
        by = getattr(world, who)

        def call() -> object:
            with transaction.atomic(), acting(by):
                return decide(case.pk, "grant", by=by, at=later(hours=1))

        return call

    assert at_once(speaks("wang"), speaks("county_cadre")) == ["done", "not_from_here"]
    assert Decision.objects.filter(case=case).count() == 1
    assert whole(case)


DYING = """
import os, sys
import django
django.setup()
from django.conf import settings
from django.db import connection, transaction
from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.services import make
from niangjia.kernel.cases.tests.world import AT, TABLES, acting_of
settings.NIANGJIA_WORKFLOWS = (*settings.NIANGJIA_WORKFLOWS, TABLES)
case, last, sent = int(sys.argv[1]), int(sys.argv[2]), 0
with acting(Actor.operator()):
    by = acting_of(Account.objects.get(login="zhou"))
def wrapper(execute, sql, params, many, context):
    global sent
    if sent >= last:
        os._exit(9)
    sent += 1
    return execute(sql, params, many, context)
with connection.execute_wrapper(wrapper), transaction.atomic(), acting(by):
    make(case, "take", by=by, at=AT, seen=0)
"""


@pytest.mark.deep
def test_a_process_killed_before_any_statement_of_a_move_leaves_the_case_whole(world: World) -> None:
    statement = 0
    while True:
        case = world.opened()
        words = [sys.executable, "-c", DYING, str(case.pk), str(statement)]
        dead = subprocess.run(words, capture_output=True, check=False)
        assert whole(case), statement
        if dead.returncode == 0:
            break
        assert dead.returncode == 9, dead.stderr
        assert case.revision == 0, statement
        assert lives(case, world, dying_at=1000), statement
        statement += 1
    assert statement > 10
