"""Whose records wait to be put right, in the actor's places."""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Length

from niangjia.kernel.access.queries import within
from niangjia.kernel.access.rules import Actor
from niangjia.registers.members.clinic.models import Finding
from niangjia.registers.members.clinic.rules import REPAIR_MEMBERS, FindingState
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.queries import MOST_TOPS
from niangjia.registers.orgs.rules.union_facts import name_spellings


class Below(NamedTuple):
    """How many findings are open at and below one union: a number, and nothing of whose."""

    union: Union
    number: int


def visible_to(actor: Actor) -> QuerySet[Finding]:
    """Findings of members whose union lies where the actor keeps the members."""
    seen = Finding.objects.filter(within(actor.paths(REPAIR_MEMBERS), field="union__place__path"))
    return seen.select_related("person", "union__place", "said_by")


def open_ones(findings: QuerySet[Finding], *, on: date) -> QuerySet[Finding]:
    """What waits now: what is open, and what rested long enough."""
    rested = Q(state=FindingState.SNOOZED, until__lte=on)
    return findings.filter(Q(state=FindingState.OPEN) | rested)


def under_reference(findings: QuerySet[Any], reference: str) -> QuerySet[Any]:
    """Of these, those at and below the union that a code or a whole name means."""
    means = Q(code=reference) | Q(name__in=name_spellings(reference))
    paths = tuple(Union.objects.filter(means).values_list("place__path", flat=True)[:MOST_TOPS])
    return findings.filter(within(paths, field="union__place__path"))


def by_check(actor: Actor, *, on: date) -> dict[str, int]:
    """How many wait, by check."""
    rows = open_ones(visible_to(actor).select_related(None), on=on).order_by().values("check_name")
    return {row["check_name"]: row["number"] for row in rows.annotate(number=Count("pk"))}


def by_union_below(actor: Actor, *, on: date, most: int) -> list[Below]:
    """How many wait at and below each union right below the actor's own, in the order of the tree: no ranking."""
    paths = actor.paths(REPAIR_MEMBERS)
    tops = Union.objects.filter(place__path__in=paths) if "" not in paths else Union.objects.filter(place__parent=None)
    children = Union.objects.filter(place__parent__in=tops.values("pk"), place__closed_on=None).select_related("place")
    rows = open_ones(visible_to(actor).select_related(None), on=on).order_by().values("union__place__path")
    counted = [(row["union__place__path"], row["number"]) for row in rows.annotate(number=Count("pk"))]
    ordered = children.order_by(Length("place__path"), "place__path")[:most]
    return [
        Below(child, sum(number for path, number in counted if path.startswith(child.place.path))) for child in ordered
    ]
