"""What the page of one request shows the desk: what was said, the times, what can be done, what is alike, what applies."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from niangjia.kernel import clock
from niangjia.kernel.access.models import Grant
from niangjia.kernel.access.queries import in_force
from niangjia.kernel.access.rules import Actor, author_of
from niangjia.kernel.cases.models import Case, HandOver, HandOverState, Holding, Running
from niangjia.kernel.cases.queries import knows_who, moves_of, timeline, words_in
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.queries import place_names
from niangjia.kernel.places.rules import Level, ids_of
from niangjia.kernel.privacy.registered import persons
from niangjia.kernel.web.roles import unit_and_role
from niangjia.services.requests.models import Request
from niangjia.services.requests.queries import askers_of
from niangjia.services.requests.rules.moves import SEE_REQUESTS
from niangjia.services.requests.rules.workflow import ANSWERS, CLOSED_STAGES, HANDLERS, LONGEST_EXTENSION
from niangjia.services.requests.words import HAND_OVER_WORDS, MOVE_WORDS, REASON_WORDS


@dataclass(frozen=True)
class Step:
    """One act in the trail of the desk: when, who, what, and in which words."""

    at: Any
    name: str
    words: str
    changes: tuple[str, ...]
    form: str = "done"


def names_of_askers(actor: Actor, request: Request) -> list[tuple[int, str]]:
    """Who asked, for who may know: number and name; empty where nobody here may know."""
    if not knows_who(actor, request.case):
        return []
    found = [(subject, persons().standing_of(subject)) for subject in askers_of(request)]
    return [(subject, standing.name if standing else _("一位职工")) for subject, standing in found]


def moves_here(actor: Actor, case: Case) -> frozenset[str]:
    """The moves that would succeed now."""
    return frozenset(move.name for move in moves_of(case, for_=actor))


def trail_of(case: Case) -> list[Step]:
    """What happened, the latest first, in the words that she reads, too."""
    return [_step(told) for told in reversed(timeline(case, is_desk=True))]


def _step(told: Any) -> Step:
    says = [str(REASON_WORDS.get(told.reason, told.reason))] if told.reason else []
    # What she does, and what the clock does, is said by the words of the move.
    who = told.by_name or (unit_and_role(author_of(told.author)) if told.author else "")
    return Step(told.at, who, str(MOVE_WORDS.get(told.move, told.move)), (*says, *([told.says] if told.says else [])))


@dataclass(frozen=True)
class Offered:
    """A hand-over that waits: of which kind, from where to where, and in which words."""

    pk: int
    words: str
    there: str
    says: str
    is_here: bool


def hand_overs_of(case: Case, actor: Actor) -> list[Offered]:
    """What waits for an answer, here or elsewhere."""
    rows = (
        HandOver.objects.filter(case=case, state=HandOverState.OFFERED.value).select_related("to_place").order_by("pk")
    )
    names = place_names([each for row in rows for each in (row.to_place_id, row.from_place_id)])
    paths = actor.paths(SEE_REQUESTS)
    return [
        Offered(
            row.pk,
            str(HAND_OVER_WORDS[row.kind]),
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
    low = (Level.BASE.value, Level.BRANCH.value, Level.GROUP.value)
    below: QuerySet[Place] = Place.objects.filter(parent=case.place_id, closed_on=None).exclude(level__in=low)
    ids = [*above.order_by("-path").values_list("pk", flat=True), *below.order_by("pk").values_list("pk", flat=True)]
    names = place_names(ids)
    return [(pk, names[pk]) for pk in ids if pk in names]


def is_above(actor: Actor, case: Case) -> bool:
    """Whether the actor works above where it lies: she may press for an answer."""
    path = case.place.path
    return any(path.startswith(own) and own != path for own in actor.paths(SEE_REQUESTS))


def colleagues_at(place_id: int) -> list[tuple[str, str]]:
    """Who handles at the very place that has it."""
    held = Grant.objects.filter(in_force(clock.today()), place_id=place_id, role__in=HANDLERS, account__is_active=True)
    return [(str(pk), name) for pk, name in held.order_by("account__name").values_list("account_id", "account__name")]


def lengthened(case: Case) -> Running | None:
    """The time for the answer that runs, where it may be lengthened still."""
    running = Running.objects.filter(case=case, tier__in=ANSWERS, ended_at=None, extended_at=None).first()
    return running if running is not None and running.tier in LONGEST_EXTENSION else None


def is_closed(case: Case) -> bool:
    """Whether nothing more is done with it."""
    return case.stage in CLOSED_STAGES
