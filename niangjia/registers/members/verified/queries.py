"""The three figures of a union with everything below it, and who is meant by each."""

from functools import cache
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils.module_loading import import_string

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.reveal.queries import levels_of
from niangjia.kernel.reveal.rules import is_inside
from niangjia.registers.members.models import Person
from niangjia.registers.members.queries import PersonRows
from niangjia.registers.members.rules.moves import SEE_MEMBERS
from niangjia.registers.members.verified.definitions import COUNTED, WHICH
from niangjia.registers.members.verified.models import PaperSeen
from niangjia.registers.members.verified.rules import LEAST_TOLD_INSIDE, REACHED_WITHIN


class Certainty(NamedTuple):
    """Three figures (三个数): members in the register, those whose identity is confirmed, those who can be reached.

    `reachable` is None where so few are counted that it would tell of one of them when she looks at her phone.
    """

    registered: int
    verified: int
    reachable: int | None


@cache
def harmless() -> list[str]:
    """Messages that may count as having reached somebody: those of membership alone.

    What comes of a report, a request or a case counts nowhere: the figure may not move because somebody complained.
    """
    return sorted({each.key for path in settings.NIANGJIA_REACHED_BY for each in import_string(path)})


def certainty(actor: Actor, paths: tuple[str, ...]) -> Certainty:
    """The three figures below these paths, as far as the actor sees them: one statement."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, _asked(paths))
        registered, verified, reachable = cursor.fetchone()
    is_told = registered >= LEAST_TOLD_INSIDE or sees_who_is_reached(actor)
    return Certainty(registered, verified, reachable if is_told else None)


def by_certainty(persons: PersonRows, what: str, answer: str) -> PersonRows:
    """Active members who are, or are not, verified or reachable: those whom the figure counts."""
    return persons.filter(pk__in=RawSQL(WHICH[what, answer], _asked(persons.paths)))  # noqa: S611 - words of our own


def sees_who_is_reached(actor: Actor) -> bool:
    """Whether the actor may see of one person whether she was reached; inside the enterprise nobody learns who looks at her phone."""
    levels = levels_of(actor)
    rights = [right for right in actor.rights if right.role in SEE_MEMBERS.roles]
    return any(not is_inside(right, levels[right.place_id]) for right in rights)


def papers_of(person: Person) -> QuerySet[PaperSeen]:
    """Who saw her papers, the last first."""
    good = PaperSeen.objects.filter(person=person, withdrawn_at=None).select_related("seen_by", "union")
    return good.order_by("-seen_on", "-pk")


def _asked(paths: tuple[str, ...]) -> list[Any]:
    return [list(paths), clock.now() - REACHED_WITHIN, harmless()]
