"""How it went, as who asked says (评价), shown to the desk once the case is closed, and never inside an enterprise."""

from dataclasses import dataclass
from datetime import datetime

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.models import Case, Holding, Rating
from niangjia.kernel.cases.queries import words_in
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.rules import Level
from niangjia.services.requests.forms import OPINIONS
from niangjia.services.requests.rules.moves import SEE_REQUESTS
from niangjia.services.requests.words import Words

INSIDE = tuple(level.value for level in Level if level.rank >= Level.BASE.rank)


@dataclass(frozen=True)
class Opinion:
    """One opinion as the desk reads it."""

    words: Words
    says: str
    at: datetime


def reads_opinions(actor: Actor, case: Case | None = None) -> bool:
    """Whether the actor handles above the enterprise: this case, or any at all."""
    desks = [right.place_id for right in actor.rights if right.role in SEE_REQUESTS.roles]
    above = list(Place.objects.filter(pk__in=desks).exclude(level__in=INSIDE).values_list("path", flat=True))
    if case is None:
        return bool(above)
    held = Holding.objects.filter(case=case, until=None).values_list("place__path", flat=True)
    return any(place.startswith(path) for place in held for path in above)


def opinions_of(case: Case, actor: Actor) -> list[Opinion]:
    """What she said of how it went, the latest first; nothing before it is closed: nobody is to be asked for a better one."""
    if case.closed_at is None or not reads_opinions(actor, case):
        return []
    words = dict(OPINIONS)
    rows = Rating.objects.filter(case=case).order_by("-revision")
    return [Opinion(words[row.opinion], words_in(row), row.at) for row in rows]
