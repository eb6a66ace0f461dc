"""What the page of a case shows the desk: what happened, who has it, to whom it may be handed, what waits for an answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from niangjia.kernel import clock
from niangjia.kernel.access.models import Grant
from niangjia.kernel.access.queries import in_force
from niangjia.kernel.access.rules import Actor, Move, Role, author_of
from niangjia.kernel.cases.dossier import HANDED, said_of
from niangjia.kernel.cases.handing import HAND_ON
from niangjia.kernel.cases.kinds import CaseKind, Words, kind_of
from niangjia.kernel.cases.models import Case, HandOver, HandOverState, Holding
from niangjia.kernel.cases.queries import Told, timeline, words_in
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.queries import place_names
from niangjia.kernel.places.rules import Level, ids_of
from niangjia.kernel.web.roles import unit_and_role

# Parts of an enterprise: nothing is handed down to these.
INSIDE = (Level.BASE.value, Level.BRANCH.value, Level.GROUP.value)


@dataclass(frozen=True)
class Act:
    """One act in the trail of the desk (经过): when, who, what, and in which words."""

    at: datetime
    name: str
    words: str
    changes: tuple[str, ...]
    form: str = "done"


def trail_of(case: Case) -> list[Act]:
    """What happened, the latest first, in the words that who asked reads, too."""
    kind = kind_of(case.kind)
    return [_act(told, kind) for told in reversed(timeline(case, is_desk=True))] if kind else []


def _act(told: Told, kind: CaseKind) -> Act:
    says = [str(kind.reasons.get(told.reason, told.reason))] if told.reason else []
    # What she does, and what the clock does, is said by the words of the move.
    who = told.by_name or (unit_and_role(author_of(told.author)) if told.author else "")
    return Act(told.at, who, str(said_of(told.move, kind)), (*says, *([told.says] if told.says else [])))


@dataclass(frozen=True)
class Offered:
    """A hand-over that waits (等答复的交接): of which kind, from where to where, and in which words."""

    pk: int
    kind: str
    words: str
    there: str
    says: str
    is_here: bool


def hand_overs_of(
    case: Case, actor: Actor, *, move: Move = HAND_ON, words: Mapping[str, Words] = HANDED
) -> list[Offered]:
    """What waits for an answer, here or elsewhere; `move` says who works on cases of this kind, `words` how it is called."""
    rows = (
        HandOver.objects.filter(case=case, state=HandOverState.OFFERED.value).select_related("to_place").order_by("pk")
    )
    names = place_names([each for row in rows for each in (row.to_place_id, row.from_place_id)])
    paths = actor.paths(move)
    return [
        Offered(
            row.pk,
            row.kind,
            str(words[row.kind]),
            names.get(row.from_place_id if _is_here(row, paths, case) else row.to_place_id, ""),
            words_in(row),
            # Whoever offered it does not answer it herself.
            _is_here(row, paths, case) and row.offered_by_id != actor.account_id,
        )
        for row in rows
    ]


def _is_here(row: HandOver, paths: Iterable[str], case: Case) -> bool:
    """Whether the actor works where it is offered to, and not where it comes from."""
    works_there = any(row.to_place.path.startswith(path) for path in paths)
    works_here = any(case.place.path.startswith(path) for path in paths)
    return works_there and (not works_here or row.to_place.path in paths)


def helpers_of(case: Case) -> list[str]:
    """The places that help, or look on."""
    ids = Holding.objects.filter(case=case, until=None).exclude(place=case.place_id).values_list("place_id", flat=True)
    return sorted(place_names(ids).values())


def places_to_hand_to(case: Case) -> list[tuple[int, str]]:
    """The unions above, and those directly below that are no part of an enterprise."""
    above = Place.objects.filter(pk__in=ids_of(case.place.path)[:-1], closed_on=None)
    below: QuerySet[Place] = Place.objects.filter(parent=case.place_id, closed_on=None).exclude(level__in=INSIDE)
    ids = [*above.order_by("-path").values_list("pk", flat=True), *below.order_by("pk").values_list("pk", flat=True)]
    names = place_names(ids)
    return [(pk, names[pk]) for pk in ids if pk in names]


def colleagues_at(place_id: int, *, roles: Iterable[Role] = HAND_ON.roles) -> list[tuple[str, str]]:
    """Who works on such cases at the very place that has it."""
    held = Grant.objects.filter(in_force(clock.today()), place_id=place_id, role__in=roles, account__is_active=True)
    rows = held.order_by("account__name").values_list("account_id", "account__name")
    return list(dict.fromkeys((str(pk), name) for pk, name in rows))


def may_hand_on(case: Case, actor: Actor, *, move: Move = HAND_ON) -> bool:
    """Whether the actor works at the place that has it, or above, and it is not closed."""
    return case.closed_at is None and any(case.place.path.startswith(path) for path in actor.paths(move))
