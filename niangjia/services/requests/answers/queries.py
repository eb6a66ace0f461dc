"""Which kept answers somebody reads: those of her places, and those of the unions above."""

from django.db.models import Q, QuerySet

from niangjia.kernel.access.queries import within
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.places.rules import ids_of
from niangjia.services.requests.models import AnswerState, KnownAnswer
from niangjia.services.requests.rules.moves import KEEP_ANSWERS


def visible_to(actor: Actor) -> QuerySet[KnownAnswer]:
    """Answers kept where the actor works, below it, and above it: what the province writes holds in every town."""
    paths = actor.paths(KEEP_ANSWERS)
    if not paths:
        return KnownAnswer.objects.none()
    above = {place_id for path in paths for place_id in ids_of(path)}
    return KnownAnswer.objects.filter(within(paths, field="place__path") | Q(place__in=above)).select_related(
        "place__union", "written_by", "read_by"
    )


def to_insert(actor: Actor, *, topic: str) -> QuerySet[KnownAnswer]:
    """What can be put into an answer now: in force, on this topic."""
    return visible_to(actor).filter(state=AnswerState.IN_FORCE.value, topic=topic).order_by("-valid_from", "-pk")


def kept_by(actor: Actor) -> QuerySet[KnownAnswer]:
    """Those that the actor may read as the second person, or retire: of her places."""
    return KnownAnswer.objects.filter(within(actor.paths(KEEP_ANSWERS), field="place__path"))
