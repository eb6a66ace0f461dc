"""What the page of one request shows the desk besides what it shows of every case: who asked, who is above, what may be lengthened."""

from django.utils.translation import gettext as _

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.models import Case, Running
from niangjia.kernel.cases.pages.desk import Offered, colleagues_at, hand_overs_of
from niangjia.kernel.cases.queries import knows_who, moves_of
from niangjia.kernel.privacy.registered import persons
from niangjia.services.requests.models import Request
from niangjia.services.requests.queries import askers_of
from niangjia.services.requests.rules.moves import SEE_REQUESTS
from niangjia.services.requests.rules.workflow import ANSWERS, HANDLERS, LONGEST_EXTENSION
from niangjia.services.requests.words import HAND_OVER_WORDS


def names_of_askers(actor: Actor, request: Request) -> list[tuple[int, str]]:
    """Who asked, for who may know: number and name; empty where nobody here may know."""
    if not knows_who(actor, request.case):
        return []
    found = [(subject, persons().standing_of(subject)) for subject in askers_of(request)]
    return [(subject, standing.name if standing else _("一位职工")) for subject, standing in found]


def moves_here(actor: Actor, case: Case) -> frozenset[str]:
    """The moves that would succeed now."""
    return frozenset(move.name for move in moves_of(case, for_=actor))


def offered_on(case: Case, actor: Actor) -> list[Offered]:
    """What waits for an answer, here or elsewhere, in the words of this door."""
    return hand_overs_of(case, actor, move=SEE_REQUESTS, words=HAND_OVER_WORDS)


def colleagues(case: Case) -> list[tuple[str, str]]:
    """Who handles at the very place that has it."""
    return colleagues_at(case.place_id, roles=HANDLERS)


def is_above(actor: Actor, case: Case) -> bool:
    """Whether the actor works above where it lies: she may press for an answer."""
    path = case.place.path
    return any(path.startswith(own) and own != path for own in actor.paths(SEE_REQUESTS))


def lengthened(case: Case) -> Running | None:
    """The time for the answer that runs, where it may be lengthened still."""
    running = Running.objects.filter(case=case, tier__in=ANSWERS, ended_at=None, extended_at=None).first()
    return running if running is not None and running.tier in LONGEST_EXTENSION else None
