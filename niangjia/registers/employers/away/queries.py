"""Which unions away from home somebody may see."""

from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from niangjia.kernel.access.queries import within
from niangjia.kernel.access.rules import Actor, Move
from niangjia.registers.employers.away.models import AwayUnion
from niangjia.registers.employers.away.rules import SEE_AWAY
from niangjia.registers.employers.models import Coverage


def visible_to(actor: Actor, *, move: Move = SEE_AWAY) -> QuerySet[AwayUnion]:
    """Unions away from home of the actor's subtrees, and those whose home union lies there."""
    paths = actor.paths(move)
    rows = AwayUnion.objects.select_related("union__place", "home__place")
    if "" in paths:
        return rows
    scope = within(paths, field="union__place__path") | within(paths, field="home__place__path")
    return rows.filter(scope)


def with_employers(rows: QuerySet[AwayUnion]) -> QuerySet[Any]:
    """Each with the number of employers it covers now, where they work."""
    covered = Coverage.objects.filter(union=OuterRef("pk"), valid_to=None).order_by().values("union")
    return rows.annotate(covers=Coalesce(Subquery(covered.annotate(n=Count("pk")).values("n")), 0))


def found(rows: QuerySet[AwayUnion], words: str) -> QuerySet[AwayUnion]:
    """By the name of either union, or the place where they work."""
    tidy = words.strip()
    return rows.filter(Q(union__name__contains=tidy) | Q(home__name__contains=tidy) | Q(host_place__contains=tidy))
