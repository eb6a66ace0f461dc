"""Counts of the requests that somebody meets: by month, kind, topic, way in and place; each figure leads to its rows."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate, TruncMonth

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.models import Rating
from niangjia.kernel.dated import queries as dated
from niangjia.services.requests.opinions import reads_opinions
from niangjia.services.requests.outcomes import with_outcome, within
from niangjia.services.requests.queries import open_ones, visible_to
from niangjia.services.requests.rules.board import Band, Span, band_of, middle


@dataclass(frozen=True)
class Tally:
    """How many came, were answered, were answered late, were opened again."""

    came: int = 0
    answered: int = 0
    late: int = 0
    again: int = 0

    @property
    def in_time(self) -> int:
        """Those answered within their time."""
        return self.answered - self.late

    def __add__(self, other: "Tally") -> "Tally":
        """Both together."""
        return Tally(
            self.came + other.came, self.answered + other.answered, self.late + other.late, self.again + other.again
        )


class Line(NamedTuple):
    """Requests alike in all that is counted."""

    month: date
    kind: str
    topic: str
    channel: str
    place_id: int
    tally: Tally


@dataclass(frozen=True)
class Counted:
    """What a board is made of."""

    lines: tuple[Line, ...]
    median_days: float | None
    # None for who handles inside an enterprise alone.
    opinions: Mapping[str, int] | None
    open: Mapping[tuple[str, Band], int]

    @property
    def whole(self) -> Tally:
        """All of it."""
        return sum((line.tally for line in self.lines), Tally())

    def by(self, key: Callable[[Line], Hashable]) -> dict[Any, Tally]:
        """The tallies by one fact of a line."""
        found: dict[Any, Tally] = {}
        for line in self.lines:
            found[key(line)] = found.get(key(line), Tally()) + line.tally
        return found


def counted(actor: Actor, span: Span, *, at: datetime) -> Counted:
    """What came in a span of days, and all that is open now, of the requests that the actor meets."""
    every = visible_to(actor).select_related(None).order_by()
    rows = within(with_outcome(every, at=at), span, field="case__opened_at")
    rated = Rating.objects.filter(case__in=rows.values("pk"), case__closed_at__isnull=False)
    return Counted(
        lines=tuple(_lines(rows)),
        median_days=middle(days_to_answer(rows.filter(answered_at__isnull=False))),
        opinions=_opinions(rated) if reads_opinions(actor) else None,
        open=_open(every, at=at),
    )


def _opinions(rated: QuerySet[Rating]) -> Mapping[str, int]:
    return dict(rated.order_by().values_list("opinion").annotate(Count("pk")))


def _lines(rows: QuerySet[Any]) -> Iterable[Line]:
    month = TruncMonth("case__opened_at", tzinfo=clock.PEOPLE_ZONE)
    facts = ("month", "kind", "topic", "channel", "counted_at", "is_late", "is_again")
    asked = rows.annotate(month=month).values_list(*facts).annotate(came=Count("pk"), answered=Count("answered_at"))
    for first, kind, topic, channel, place_id, is_late, is_again, came, answered in asked:
        tally = Tally(came, answered, answered if is_late else 0, answered if is_again else 0)
        yield Line(first.date(), kind, topic, channel, place_id, tally)


def days_to_answer(rows: QuerySet[Any]) -> Counter[int]:
    """How many requests took how many working days from the day they came to their first answer."""
    zone, calendar = clock.PEOPLE_ZONE, dated.calendar()
    days = {"began": TruncDate("case__opened_at", tzinfo=zone), "ended": TruncDate("answered_at", tzinfo=zone)}
    found: Counter[int] = Counter()
    for began, ended, number in rows.annotate(**days).values_list("began", "ended").annotate(Count("pk")):
        found[calendar.working_days_between(began, ended)] += number
    return found


def _open(every: QuerySet[Any], *, at: datetime) -> Mapping[tuple[str, Band], int]:
    today = at.astimezone(clock.PEOPLE_ZONE).date()
    day = TruncDate("case__opened_at", tzinfo=clock.PEOPLE_ZONE)
    found: Counter[tuple[str, Band]] = Counter()
    for stage, began, number in (
        open_ones(every).annotate(day=day).values_list("case__stage", "day").annotate(Count("pk"))
    ):
        found[stage, band_of((today - began).days)] += number
    return found
