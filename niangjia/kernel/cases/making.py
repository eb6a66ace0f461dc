"""Make a move with a case: lock, judge, change, write down what happened; everything else is the line of work's."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import Model

from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.cases import clocks
from niangjia.kernel.cases.models import Case, Step
from niangjia.kernel.cases.queries import SAYS, flow_under, met_and_held, standing_of, to_be_held, visible_to
from niangjia.kernel.cases.refusals import refused
from niangjia.kernel.cases.rules import CLOCK, Move, PartyPart, Standing, why_not_move
from niangjia.kernel.journal.services import record
from niangjia.kernel.sealed import seal
from niangjia.kernel.worded import Worded, insert, prepared, update

Row = TypeVar("Row", bound=Model)
NEXT = "SELECT nextval(pg_get_serial_sequence(%s, 'id'))"
ANY = Worded(lambda case: to_be_held(Case.objects.filter(pk=case)), case=int)
# What may be another after something happened to a case.
CHANGES = (
    "stage",
    "maker",
    "handler",
    "round",
    "revision",
    "moved_at",
    "closed_at",
    "due_at",
    "place",
    "joined_to",
    "waits_for",
)


@dataclass(frozen=True)
class Unnamed:
    """Whoever asked, and the program's clock, as the journal knows them: who asked stands in no entry."""

    words: str
    account_id: int | None = None


@dataclass(frozen=True)
class Act:
    """What is done with a case (办理): by whom, when, why, with which words."""

    by: Actor
    at: datetime
    reason: str = ""
    says: str = ""
    # Whether whoever acts does so as who asked; where it is not known yet it is asked, once.
    is_own: bool | None = None


@transaction.atomic
def make(  # noqa: PLR0913 - who, what, when, why, in which words, and what was looked at
    case_id: int, move: str, *, by: Actor, at: datetime, seen: int | None = None, reason: str = "", says: str = ""
) -> Case:
    """Make a move (办一步) with a case.

    `Forbidden` where the actor does not meet it or has no part in the move, `NotMade` with a sentence where it cannot be
    made now; `seen` is the revision that was looked at. Verdicts of several are given by `deciding.decide`.
    """
    with held(case_id, by=by, seen=seen) as case:
        flow = flow_under(case)
        made = judged(case, flow.move(move), by=by, reason=reason)
        if made.is_verdict and flow.stage(case.stage).pool is not None:
            raise refused("decided_apart")
        return change(case, made, Act(by, at, reason, says))


@contextmanager
def held(case_id: int, *, by: Actor, seen: int | None = None) -> Iterator[Case]:
    """The case, held alone until the transaction ends; the clock acts beyond one person's scope."""
    if by == CLOCK:
        with beyond(Purpose.CASES):
            yield _looked_at(ANY(case=case_id), seen)
    else:
        yield _looked_at(met_and_held(by, case_id), seen)


def held_of(case_ids: Sequence[int], *, by: Actor) -> dict[int, Case]:
    """Those of many cases that the actor meets, held alone until the transaction ends."""
    rows = visible_to(by).filter(pk__in=case_ids).order_by("pk")
    return {case.pk: case for case in to_be_held(rows)}


def judged(case: Case, move: Move, *, by: Actor, reason: str, standing: Standing | None = None) -> Move:
    """The move where it may be made, else its refusal; a reason is one of those that the table lists.

    Whoever holds many cases has asked for all of them how they stand.
    """
    if case.joined_to_id is not None:
        raise refused("joined")
    why = why_not_move(by, move, standing or standing_of(case))
    if why is not None:
        raise refused(why)
    if move.reasons and not reason:
        raise refused("reason_missing")
    if reason and reason not in move.reasons:
        raise refused("reason_unknown")
    return move


def change(case: Case, move: Move, act: Act) -> Case:
    """Carry out a move that was judged: stage, times, hands, step, entry."""
    flow, act = flow_under(case), known(case, act)
    before, after = flow.stage(case.stage), flow.stage(move.to)
    if move.stops:
        clocks.stopped(case, move.stops, at=act.at)
    clocks.started_by(case, flow, move.starts, at=act.at)
    if before.name != after.name:
        clocks.moved(case, flow, before, after, at=act.at)
        case.maker_id = None if act.is_own else act.by.account_id
        case.round += after.pool is not None
        case.closed_at = act.at if after.is_final else None
    if move.takes_in_hand or move.puts_down:
        case.handler_id = act.by.account_id if move.takes_in_hand else None
    case.stage, case.moved_at = after.name, act.at
    if before.name != after.name or move.takes_in_hand or move.puts_down:
        case.waits_for = flow.waits(after, by=move, in_hand=case.handler_id is not None).value
    clocks.refreshed(case)
    write(case, move.name, act, stage=before.name, is_told=move.is_told)
    return case


def write(case: Case, what: str, act: Act, *, stage: str = "", is_told: bool = True) -> None:
    """Save what changed with its step and its entry: one revision more."""
    case.revision += 1
    update(case, CHANGES)
    written(case, what, act, stage=stage or case.stage, is_told=is_told)


def written(case: Case, what: str, act: Act, *, stage: str, is_told: bool = True) -> None:
    """The step and the journal's entry; neither names who asked."""
    act = known(case, act)
    is_nobody = act.is_own or act.by == CLOCK
    step = Step(
        city=case.city,
        case=case,
        revision=case.revision,
        move=what,
        stage=stage,
        to=case.stage,
        at=act.at,
        account_id=None if is_nobody else act.by.account_id,
        author="" if is_nobody else act.by.words[:160],
        reason=act.reason,
        is_told=is_told,
    )
    keep(step, act.says)
    entry(case, "move_case", act, what)


def entry(case: Case, verb: str, act: Act, what: str) -> None:
    """The journal's entry (日志条目): kind, number, move and stage; who asked, and the clock, stand there by no account."""
    is_own = known(case, act).is_own
    author = Unnamed(Role.WORKER.value if is_own else CLOCK.name) if is_own or act.by == CLOCK else act.by
    detail = {"kind": case.kind, "number": case.number, "move": what, "to": case.stage}
    record(verb, by=author, thing="case", thing_id=case.pk, place=(case.city, case.place_id), detail=detail)


def keep(row: Model, says: str) -> None:
    """Keep a row with its words sealed; with words it is numbered first, for what is written once cannot be completed later.

    It is not read back: who asked does not meet a step that she is not told of.
    """
    if says.strip():
        row = row if row.pk else numbered(row)
        row.says_sealed = seal(says.strip(), aad=f"{SAYS}.{type(row).__name__}.{row.pk}")  # type: ignore[attr-defined]
    insert(row)


def numbered(row: Row) -> Row:
    """A row that is to be written, with its number."""
    with prepared() as cursor:
        cursor.execute(NEXT, [row._meta.db_table])  # noqa: SLF001 - Django's own name for it
        row.pk = cursor.fetchone()[0]
    return row


def known(case: Case, act: Act) -> Act:
    """What is done, with whether whoever acts does so as who asked."""
    return act if act.is_own is not None else replace(act, is_own=is_asker(case, act.by))


def is_asker(case: Case, by: Actor) -> bool:
    """Whether whoever acts does so as who asked."""
    return by.subject_id is not None and case.parties.filter(subject=by.subject_id, part=PartyPart.ASKER.value).exists()


def _looked_at(found: list[Case], seen: int | None) -> Case:
    if not found:
        raise Forbidden("out_of_scope")
    if seen is not None and seen != found[0].revision:
        raise refused("changed_meanwhile")
    return found[0]
