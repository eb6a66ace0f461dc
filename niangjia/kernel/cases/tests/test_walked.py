"""Every stage × move × role of every wired workflow: what the rule says is what the service does, and nothing else happens."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction

from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.cases.catalogue import flows
from niangjia.kernel.cases.making import change
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.queries import moves_of
from niangjia.kernel.cases.rules import CLOCK, DESK_ROLES, Move, Pool, Standing, Workflow, why_not_move
from niangjia.kernel.cases.services import Act, NotMade, decide, make
from niangjia.kernel.cases.tests.tables import FLOWS
from niangjia.kernel.cases.tests.world import AT, World, wired

pytestmark = pytest.mark.django_db


class Rolled(Exception):
    """What was tried is undone."""


def everybody(world: World) -> dict[str, Actor]:
    """Each role in each part: in hand, at the desk, above, beside, inside, the asker, another worker, the clock."""
    seats = [
        ("cadre-above", world.county, Role.CADRE),
        ("cadre-beside", world.park, Role.CADRE),
        ("officer-here", world.town, Role.OFFICER),
        ("chair-here", world.town, Role.CHAIR),
        ("chair-inside", world.mill, Role.CHAIR),
    ]
    people = {login: world.somebody(login, at, role) for login, at, role in seats}
    return people | {
        "handler": world.zhou,
        "maker": world.wang,
        "auditor": world.auditor,
        "asker": world.chen,
        "another": world.worker("li"),
        "clock": CLOCK,
    }


def way_to(flow: Workflow, stage: str) -> list[Move]:
    """Moves that lead from the beginning to a stage."""
    ways: dict[str, list[Move]] = {flow.start: []}
    while stage not in ways:
        ways |= {
            move.to: [*way, move]
            for at, way in list(ways.items())
            for move in flow.moves
            if at in move.leaves and move.to not in ways
        }
    return ways[stage]


def brought_to(world: World, flow: Workflow, stage: str) -> Case:
    """A case at this stage, in Zhou's hands, brought there by Wang."""
    case = world.opened(flow, handler=world.zhou.account_id)
    for number, move in enumerate(way_to(flow, stage)):
        change(case, move, Act(world.wang, AT + timedelta(minutes=number)))
        case.handler_id = world.zhou.account_id
        case.save(update_fields=["handler"])
    case.maker_id = world.wang.account_id
    case.save(update_fields=["maker"])
    return case


def tried(case: Case, move: Move, pool: Pool | None, by: Actor) -> str | None:
    """What the service says, in the actor's own name; whatever it did is undone."""
    give = decide if pool is not None and move.is_verdict else make
    try:
        with transaction.atomic(), acting(by):
            give(case.pk, move.name, by=by, at=AT + timedelta(days=1), reason=(*move.reasons, "")[0])
            raise Rolled  # noqa: TRY301 - it is what undoes it
    except Rolled:
        return None
    except Forbidden:
        return "forbidden"
    except NotMade as refused:
        return refused.reason.code


def said(code: str | None) -> str | None:
    return "forbidden" if code in ("no_role", "out_of_scope", "barred") else code


def expected(flow: Workflow, case: Case, move: Move, by: Actor, world: World) -> str | None:
    """What the rule says of who meets the case; whoever does not meet it is answered as if it were not there."""
    standing = Standing(
        case.stage,
        world.town.path,
        handler_id=world.zhou.account_id,
        maker_id=world.wang.account_id,
        askers=frozenset({world.chen.subject_id or 0}),
    )
    return said(why_not_move(by, move, standing))


def meets(by: Actor, world: World) -> bool:
    works = any(world.town.path.startswith(right.path) and right.role in DESK_ROLES for right in by.rights)
    return by == CLOCK or works or by.subject_id == world.chen.subject_id


def walked(world: World, flow: Workflow) -> Iterator[tuple[str, str, str, str | None, str | None]]:
    people = everybody(world)
    for stage in flow.stages:
        case = brought_to(world, flow, stage.name)
        # A move that does not leave this stage is refused to everybody alike: one is asked.
        some = {"handler": people["handler"]}
        asked = [(move, one) for move in flow.moves for one in (people if stage.name in move.leaves else some).items()]
        for move, (name, by) in asked:
            should = expected(flow, case, move, by, world) if meets(by, world) else "forbidden"
            yield stage.name, move.name, name, should, tried(case, move, stage.pool, by)


def differences(world: World, flow: Workflow) -> list[tuple[str, str, str, str | None, str | None]]:
    return [line for line in walked(world, flow) if line[3] != line[4]]


@pytest.mark.parametrize("flow", [*flows(), *FLOWS], ids=lambda flow: f"{flow.kind}-{flow.version}")
def test_what_the_rule_says_is_what_happens(flow: Workflow, settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    wired(settings)
    # A notice is a matter of its own: here it is over.
    monkeypatch.setattr("niangjia.kernel.cases.queries.notice_is_over", lambda _case: True)
    assert differences(World(), flow) == []


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.kind)
def test_a_button_that_is_shown_is_a_move_that_succeeds(flow: Workflow, settings: object) -> None:
    wired(settings)
    world = World()
    for stage in flow.stages:
        case = brought_to(world, flow, stage.name)
        for by in (world.zhou, world.wang, world.county_cadre, world.chen):
            with acting(by):
                shown = {move.name for move in moves_of(case, for_=by)}
            leaving = [move for move in flow.moves if stage.name in move.leaves]
            done = {move.name for move in leaving if tried(case, move, stage.pool, by) is None}
            assert shown == done, (stage.name, by.name)


def test_no_role_of_an_administrator_meets_a_case(settings: object) -> None:
    wired(settings)
    world = World()
    case = world.opened()
    for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN):
        with acting(world.somebody(role.value, world.county, role)):
            assert not Case.objects.filter(pk=case.pk).exists()
