"""Which cases somebody meets, how a case stands for its rules, and what happened to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.module_loading import import_string

from niangjia.kernel.access.queries import within
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.catalogue import flow_of
from niangjia.kernel.cases.kinds import near_kinds
from niangjia.kernel.cases.models import Barred, Case, Decision, Holding, Party, Step
from niangjia.kernel.cases.rules import DESK_ROLES, Move, PartyPart, Standing, Workflow, moves_open_to, why_not_move
from niangjia.kernel.places.rules import Level, ids_of
from niangjia.kernel.sealed import unseal
from niangjia.kernel.worded import OneOf, Worded

# Whoever works at one of these meets what lies below; from a city up only what lies at that very place.
NEAR_LEVELS = tuple(level for level in Level if Level.COUNTY.rank <= level.rank <= Level.BASE.rank)
PARTIES = Worded(
    lambda cases: Party.objects.filter(OneOf("case", cases)).values_list("case_id", "part", "subject_id"), cases=list
)
BARRED = Worded(
    lambda cases: Barred.objects.filter(OneOf("case", cases)).values_list("case_id", "account_id"), cases=list
)
CAST = Worded(
    lambda cases: Decision.objects.filter(OneOf("case", cases)).values_list("case_id", "round", "account_id"),
    cases=list,
)
# What every sealed word of a case is bound to, followed by the model and the row.
SAYS = "cases.says"


def flow_under(case: Case) -> Workflow:
    """The table that a case goes by."""
    return flow_of(case.kind, case.version)


def paths_of(actor: Actor) -> tuple[str, ...]:
    """The subtrees where this actor works on cases."""
    return tuple(right.path for right in actor.rights if right.role in DESK_ROLES)


def visible_to(actor: Actor) -> QuerySet[Case]:
    """Cases that the actor meets: her own, and those held where she works; none that she has to keep away from."""
    paths = paths_of(actor)
    return _met(actor.subject_id, actor.account_id, paths, near_to(paths))


def met_and_held(actor: Actor, case_id: int) -> list[Case]:
    """This case where the actor meets it, held alone until the transaction ends; worded once for as many desks."""
    paths = paths_of(actor)
    if "" in paths:
        return list(to_be_held(visible_to(actor).filter(pk=case_id)))
    worded = _one_met(len(paths), actor.subject_id is not None, actor.account_id is not None, near_kinds())
    people = {"subject": actor.subject_id, "account": actor.account_id}
    places = {f"path{number}": path for number, path in enumerate(paths)}
    desks = {f"desk{number}": ids_of(path)[-1] for number, path in enumerate(paths)}
    return worded(case=case_id, **{name: who for name, who in people.items() if who is not None}, **places, **desks)


def to_be_held(cases: QuerySet[Case]) -> QuerySet[Case]:
    """These cases with their places, held alone until the transaction ends."""
    return cases.select_related("place").select_for_update(of=("self",))


def own_cases(actor: Actor) -> QuerySet[Case]:
    """What she asked for herself (我的办件)."""
    return Case.objects.none() if actor.subject_id is None else cases_of(actor.subject_id)


def cases_of(subject: int) -> QuerySet[Case]:
    """What this person asked for, or is concerned by."""
    return Case.objects.filter(pk__in=Party.objects.filter(subject=subject).values("case"))


def open_for(actor: Actor) -> QuerySet[Case]:
    """What is not closed yet at the actor's desk, soonest first; all of it by index."""
    return visible_to(actor).filter(closed_at=None).order_by("due_at", "id")


def standing_of(case: Case) -> Standing:
    """How a case stands for its rules, as far as who asks may know: who asked is seen by few, and by herself."""
    return standings_of([case])[0]


def standings_of(cases: Sequence[Case]) -> list[Standing]:
    """How each of many cases stands: what is known of all of them is asked at once."""
    flows = [flow_under(case) for case in cases]
    keys = [case.pk for case in cases]
    gathering = [case.pk for case, flow in zip(cases, flows, strict=True) if flow.stage(case.stage).pool is not None]
    parties = _by_case(PARTIES(cases=keys))
    barred = _by_case(BARRED(cases=keys))
    cast = _by_case(CAST(cases=gathering)) if gathering else {}
    return [
        Standing(
            stage=case.stage,
            path=case.place.path,
            handler_id=case.handler_id,
            maker_id=case.maker_id,
            askers=frozenset(subject for part, subject in parties.get(case.pk, ()) if part == PartyPart.ASKER),
            concerned=frozenset(subject for part, subject in parties.get(case.pk, ()) if part == PartyPart.CONCERNED),
            barred=frozenset(account for (account,) in barred.get(case.pk, ())),
            decided=frozenset(account for voices, account in cast.get(case.pk, ()) if voices == case.round),
            is_noticed=not _waits_for_notice(flow, case.stage) or notice_is_over(case),
        )
        for case, flow in zip(cases, flows, strict=True)
    ]


def notice_is_over(case: Case) -> bool:
    """Whether a public notice (公示) has run its days without an open objection, as `NIANGJIA_CASE_NOTICE` tells it."""
    if not settings.NIANGJIA_CASE_NOTICE:
        return False
    found: bool = import_string(settings.NIANGJIA_CASE_NOTICE)(case.pk)
    return found


def moves_of(case: Case, *, for_: Actor) -> tuple[Move, ...]:
    """What this actor may do with a case now: what the buttons are."""
    if case.closed_at is not None and case.joined_to_id is not None:
        return ()
    return moves_open_to(for_, flow_under(case), standing_of(case))


def why_not(actor: Actor, move: str, case: Case) -> str | None:
    """None where this move would succeed now, else the reason's code."""
    return why_not_each(actor, move, [case])[0]


def why_not_each(actor: Actor, move: str, cases: Sequence[Case]) -> list[str | None]:
    """The same for each of many cases, looked at all at once."""
    stand = zip(cases, standings_of(cases), strict=True)
    return [why_not_move(actor, flow_under(case).move(move), standing) for case, standing in stand]


@dataclass(frozen=True)
class Told:
    """One line of what happened (经过), with its words opened."""

    move: str
    stage: str
    to: str
    at: datetime
    author: str
    reason: str
    says: str
    by_name: str


def timeline(case: Case, *, is_desk: bool) -> list[Told]:
    """What happened to a case, oldest first: all of it for the desk with names, what she is told for who asked."""
    steps = Step.objects.filter(case=case).order_by("revision")
    if not is_desk:
        steps = steps.filter(is_told=True)
    return [_told(step, is_desk=is_desk) for step in steps.select_related("account")]


def words_in(row: Any) -> str:
    """The sealed words of a step, a decision, a hand-over or a rating."""
    return unseal(bytes(row.says_sealed), aad=aad_of(row)) if row.says_sealed else ""


def aad_of(row: Any) -> str:
    """What the words of this row are bound to."""
    return f"{SAYS}.{type(row).__name__}.{row.pk}"


def places_of(case: Case, *, at: Iterable[str] = ()) -> Sequence[Holding]:
    """The places that have to do with a case now (办理单位)."""
    found = Holding.objects.filter(case=case, until=None).select_related("place")
    return list(found.filter(within(tuple(at), field="place__path")) if at else found)


def place_above(case: Case) -> int:
    """Which place hears of it when it is late, or pressed for: the one above, or its own where nobody above meets it."""
    above = case.place.parent
    if above is None or (case.kind in near_kinds() and Level(above.level) not in NEAR_LEVELS):
        return case.place_id
    return above.pk


def near_to(paths: Iterable[str], *, field: str = "place") -> Q:
    """A filter for what lies near the desks of these paths: at one of them, or below one that is a county or smaller."""
    return _near([ids_of(path)[-1] for path in paths if path], field)


def _near(desks: Sequence[int], field: str = "place") -> Q:
    scope = Q(**{f"{field}__in": desks})
    for level in NEAR_LEVELS:
        scope |= Q(**{f"{field}__at_{level.value}__in": desks})
    return scope


def is_at_desk(actor: Actor, case: Case) -> bool:
    """Whether the actor meets this case by her work, and not as who asked."""
    return _holdings_met(actor, case).exists()


def knows_who(actor: Actor, case: Case) -> bool:
    """Whether the actor may know who asked: where she works it was handed on with the name."""
    return _holdings_met(actor, case).filter(knows_who=True).exists()


def _by_case(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    """The rest of each row, case by case."""
    found: dict[int, list[tuple[Any, ...]]] = {}
    for case, *values in rows:
        found.setdefault(case, []).append(tuple(values))
    return found


def _told(step: Step, *, is_desk: bool) -> Told:
    name = step.account.name if is_desk and step.account else ""
    return Told(step.move, step.stage, step.to, step.at, step.author, step.reason, words_in(step), name)


def _met(subject: int | None, account: int | None, paths: tuple[str, ...], near: Q) -> QuerySet[Case]:
    """The law of who meets a case: whoever asked, and desks under these paths that nothing keeps away."""
    hers = Party.objects.filter(case=OuterRef("pk"), subject=subject)
    mine = Q(Exists(hers)) if subject is not None else Q(pk__in=[])
    held = Holding.objects.filter(case=OuterRef("pk"), until=None)
    here = Q(Exists(held.filter(within(paths, field="place__path"))))
    here &= ~Q(kind__in=near_kinds()) | Q(Exists(held.filter(near)))
    if account is not None:
        here &= ~Q(Exists(Barred.objects.filter(case=OuterRef("pk"), account=account)))
    return Case.objects.filter(mine | here)


@cache
def _one_met(desks: int, is_somebody: bool, has_account: bool, near: tuple[str, ...]) -> Worded:  # noqa: FBT001 - a key
    """The same law for one case and so many desks, whatever they are."""
    del near  # stands in the words
    kinds: dict[str, type] = {"case": int}
    kinds |= {"subject": int} if is_somebody else {}
    kinds |= {"account": int} if has_account else {}
    kinds |= {f"path{number}": str for number in range(desks)} | {f"desk{number}": int for number in range(desks)}

    def made(case: int, subject: int | None = None, account: int | None = None, **places: Any) -> QuerySet[Case]:
        paths = tuple(places[f"path{number}"] for number in range(desks))
        met = _met(subject, account, paths, _near([places[f"desk{number}"] for number in range(desks)]))
        return to_be_held(met.filter(pk=case))

    return Worded(made, **kinds)


def _holdings_met(actor: Actor, case: Case) -> QuerySet[Holding]:
    """The places holding a case through which the actor meets it."""
    rows = Holding.objects.filter(within(paths_of(actor), field="place__path"), case=case, until=None)
    return rows.filter(near_to(paths_of(actor))) if case.kind in near_kinds() else rows


def _waits_for_notice(flow: Workflow, stage: str) -> bool:
    return any(move.needs_notice for move in flow.moves if stage in move.leaves)
