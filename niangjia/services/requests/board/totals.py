"""Totals of a county in a quarter that is over, for who meets none of its requests: as it stood then, small groups withheld.

Every table is made of the same figures as the hotspots, or parts them by one fact more; two tables share their whole at
most, so that nothing is worked out of several that cannot be worked out of one.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate, TruncMonth

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.cases.models import Opinion, Rating, Step
from niangjia.kernel.places.models import Place
from niangjia.services.requests.board.queries import days_to_answer
from niangjia.services.requests.hotspots.queries import GRIEVANCES, OF, K, counties, rows_of
from niangjia.services.requests.hotspots.queries import Counted as Hotspots
from niangjia.services.requests.hotspots.queries import counted as hotspots_of
from niangjia.services.requests.models import Request
from niangjia.services.requests.outcomes import AGAIN, IN_TIME, LATE, instant_of, with_outcome, within
from niangjia.services.requests.rules.board import (
    BANDS,
    Span,
    band_of,
    middle,
    months_of,
    span_of_quarter,
    told_parts,
)
from niangjia.services.requests.rules.hotspots import ALL, K_GRIEVANCES, Key, Table, published
from niangjia.services.requests.rules.kinds import Channel
from niangjia.services.requests.rules.moves import SEE_REQUESTS
from niangjia.services.requests.rules.workflow import CLOSED_STAGES, OPEN_STAGES, STAGES

AGREED = "agreed"
Parts = Mapping[str, int | None]
OPEN_IN_ORDER = tuple(stage.name for stage in STAGES if stage.name in OPEN_STAGES)


@dataclass(frozen=True)
class Totals:
    """The figures of one county, one quarter, and grievances or everything else; None where a figure is withheld."""

    hotspots: Hotspots
    came: int | None
    months: Parts
    kinds: Parts
    channels: Parts
    answered: int | None
    times: Parts
    agreeing: Parts
    median_days: float | None
    rated: int | None
    opinions: Parts
    open: Mapping[Key, int | None]


def told_counties(actor: Actor) -> list[Place]:
    """The counties of which the actor is told totals alone: those whose requests she does not meet by an office there."""
    met = {right.place_id for right in actor.rights if right.role in SEE_REQUESTS.roles}
    return [county for county in counties(actor) if county.pk not in met]


def totals_of(county: Place, quarter: str, of: str) -> Totals:
    """The frozen tables of a quarter that is over."""
    hotspots, span, k = hotspots_of(county, quarter, of), span_of_quarter(quarter), K[of]
    came = hotspots.figures[ALL, ALL]
    with beyond(Purpose.CASES):
        every = Request.objects.filter(kind__in=OF[of], counted_at__in=rows_of(county)).order_by()
        rows = every.filter(quarter=quarter)
        months, kinds, channels = (
            _months(rows, quarter),
            _by(rows, "kind", OF[of]),
            _by(rows, "channel", tuple(Channel)),
        )
        times, agreeing, days = _answered(every, span)
        opinions = _opinions(every, span)
        open_then = _open(every, span)
    answered, rated = sum(times.values()), sum(opinions.values())
    is_told, are_told, were_rated = came is not None, answered >= k, rated >= K_GRIEVANCES
    return Totals(
        hotspots=hotspots,
        came=came,
        months=told_parts(months, k=k, whole_is_told=is_told),
        kinds=told_parts(kinds, k=k, whole_is_told=is_told),
        channels=told_parts(channels, k=k, whole_is_told=is_told),
        answered=answered if are_told else None,
        times=told_parts(times, k=k, whole_is_told=are_told),
        agreeing=told_parts(agreeing, k=k, whole_is_told=are_told),
        median_days=middle(days) if are_told else None,
        rated=rated if were_rated else None,
        # What people say of how it went is an opinion, whatever they came with.
        opinions=told_parts(opinions, k=K_GRIEVANCES, whole_is_told=were_rated),
        open=published(Table(OPEN_IN_ORDER, tuple(band.words for band in BANDS), open_then), k=k),
    )


def came_in_each(counties_told: list[Place], quarter: str) -> list[tuple[Place, list[int | None]]]:
    """How many grievances, and how many others, came in each county; no sum stands below, for each is told by itself."""
    return [(county, [hotspots_of(county, quarter, of).figures[ALL, ALL] for of in OF]) for county in counties_told]


def _by(rows: QuerySet[Any], field: str, names: tuple[str, ...]) -> dict[str, int]:
    found = dict(rows.values_list(field).annotate(Count("pk")))
    return {str(name): found.get(str(name), 0) for name in names}


def _months(rows: QuerySet[Any], quarter: str) -> dict[str, int]:
    month = TruncMonth("case__opened_at", tzinfo=clock.PEOPLE_ZONE)
    found = {at.date(): n for at, n in rows.annotate(month=month).values_list("month").annotate(Count("pk"))}
    return {first.isoformat(): found.get(first, 0) for first in months_of(quarter)}


def _answered(every: QuerySet[Any], span: Span) -> tuple[dict[str, int], dict[str, int], Counter[int]]:
    """What was first answered in the quarter: in time or late; agreed to so far, or opened again; in how many days."""
    rows = within(with_outcome(every, at=instant_of(span.end)), span, field="answered_at")
    late = again = whole = 0
    for is_late, is_again, number in rows.values_list("is_late", "is_again").annotate(Count("pk")):
        late, again, whole = late + number * is_late, again + number * is_again, whole + number
    return {IN_TIME: whole - late, LATE: late}, {AGREED: whole - again, AGAIN: again}, days_to_answer(rows)


def _opinions(every: QuerySet[Any], span: Span) -> dict[str, int]:
    """How those whose request was closed by the end of the quarter said it went."""
    closed = Step.objects.filter(
        case=OuterRef("case"), to__in=CLOSED_STAGES, at__lt=instant_of(span.end), revision__gte=OuterRef("revision")
    )
    rows = within(Rating.objects.filter(Exists(closed), case__in=every.values("pk")), span, field="at").order_by()
    found = dict(rows.values_list("opinion").annotate(Count("pk")))
    return {opinion.value: found.get(opinion.value, 0) for opinion in Opinion}


def _open(every: QuerySet[Any], span: Span) -> Counter[Key]:
    """What was open when the quarter ended: at which stage, how old."""
    end = instant_of(span.end)
    last = Step.objects.filter(case=OuterRef("pk"), at__lt=end).order_by("-revision").values("to")[:1]
    rows = every.filter(Q(case__closed_at=None) | Q(case__closed_at__gte=end), case__opened_at__lt=end)
    day = TruncDate("case__opened_at", tzinfo=clock.PEOPLE_ZONE)
    found: Counter[Key] = Counter()
    for stage, began, number in (
        rows.annotate(then=Subquery(last), day=day).values_list("then", "day").annotate(Count("pk"))
    ):
        if stage in OPEN_STAGES:
            found[stage, band_of((span.end - began).days).words] += number
    return found


__all__ = ["AGREED", "GRIEVANCES", "Totals", "came_in_each", "told_counties", "totals_of"]
