"""Who may make which move, and why not: one answer for buttons, services, the API and the tests."""

from collections.abc import Iterable
from dataclasses import dataclass

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.rules.workflow import Move, Who, Workflow

# The program when a time is over (到期自动): nobody's account, and nobody's person.
CLOCK = Actor(None, "clock")


@dataclass(frozen=True)
class Standing:
    """A case as its rules see it (办件的情况): where it is, who has it, who brought it here, what still holds it."""

    stage: str
    # The path of the place that has it; empty above everything.
    path: str
    handler_id: int | None = None
    # Who made the move that brought it to this stage (经手人): cannot be its second pair of eyes.
    maker_id: int | None = None
    # Whose case it is; several where it was asked for a group.
    askers: frozenset[int] = frozenset()
    # Whom it concerns besides (相关人): she makes no moves, and works on it no more than who asked.
    concerned: frozenset[int] = frozenset()
    # Accounts that have to withdraw (回避).
    barred: frozenset[int] = frozenset()
    # Who has decided already in this round.
    decided: frozenset[int] = frozenset()
    # A public notice is still running, or an objection is not answered.
    is_noticed: bool = True


def why_not_move(actor: Actor, move: Move, case: Standing) -> str | None:
    """None where this actor may make this move now, else the reason's code.

    `not_from_here`, `barred`, `own_case`, `same_person`, `decided_already`, `notice_open`, `no_role`, `out_of_scope`.
    """
    if case.stage not in move.leaves:
        return "not_from_here"
    if actor.account_id is not None and actor.account_id in case.barred:
        return "barred"
    found = [_why_not_as(who, actor, move, case) for who in sorted(move.who)]
    if None in found:
        return "notice_open" if move.needs_notice and not case.is_noticed else None
    # The reason that is nearest to being allowed is the one worth telling.
    return min((reason for reason in found if reason), key=NEAREST.index)


def moves_open_to(actor: Actor, flow: Workflow, case: Standing) -> tuple[Move, ...]:
    """The moves that this actor may make now, in the order of the table: what the buttons are."""
    return tuple(move for move in flow.moves if why_not_move(actor, move, case) is None)


NEAREST = ("decided_already", "same_person", "own_case", "not_in_hand", "out_of_scope", "no_role")


def _why_not_as(who: Who, actor: Actor, move: Move, case: Standing) -> str | None:
    if who is Who.CLOCK:
        return None if actor == CLOCK else "no_role"
    is_asker = actor.subject_id is not None and actor.subject_id in case.askers
    if who is Who.ASKER:
        return None if is_asker else "no_role"
    if is_asker or (actor.subject_id is not None and actor.subject_id in case.concerned):
        # Nobody works on her own case.
        return "own_case"
    paths = [right.path for right in actor.rights if right.role in move.roles]
    if not paths:
        return "no_role"
    return _why_not_at(who, actor, paths, case)


def _why_not_at(who: Who, actor: Actor, paths: Iterable[str], case: Standing) -> str | None:
    covering = [path for path in paths if case.path.startswith(path)]
    if who is Who.ABOVE:
        covering = [path for path in covering if path != case.path]
    if who is Who.HERE:
        covering = [path for path in covering if path == case.path]
    if not covering:
        return "out_of_scope"
    if who is Who.HANDLER:
        return None if actor.account_id == case.handler_id else "not_in_hand"
    if who is Who.SECOND and actor.account_id == case.maker_id:
        return "same_person"
    return "decided_already" if actor.account_id in case.decided else None
