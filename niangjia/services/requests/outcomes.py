"""How requests went (办得怎样): when they were first answered, whether in time, whether somebody did not agree."""

from datetime import datetime, time
from typing import Any

from django.db.models import DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from niangjia.kernel import clock
from niangjia.kernel.cases.models import Running, Step
from niangjia.services.requests.rules.board import Span, span_of
from niangjia.services.requests.rules.workflow import ANSWER_TIERS

ANSWER_MOVES = ("answer", "answer_along", "tell_elsewhere")
AGAIN_MOVES = ("disagree", "heard_disagree", "reopen")
# The first answer alone: one that was not agreed to has a time of its own.
FIRST_ANSWERS = tuple(ANSWER_TIERS.values())
IN_TIME, LATE, AGAIN, UNANSWERED = "in_time", "late", "again", "unanswered"


def with_outcome(rows: QuerySet[Any], *, at: datetime) -> QuerySet[Any]:
    """Each request with `answered_at`, `is_late` and `is_again`, as it stands at an instant.

    Late is what ran past its day before the first answer, or runs past it now; a time that rests is not late.
    """
    steps = Step.objects.filter(case=OuterRef("pk"), at__lt=at)
    answer = steps.filter(move__in=ANSWER_MOVES).order_by("revision").values("at")[:1]
    times = Running.objects.filter(case=OuterRef("pk"), tier__in=FIRST_ANSWERS)
    until = Coalesce(F("ended_at"), Value(at, output_field=DateTimeField()))
    return rows.annotate(
        answered_at=Subquery(answer, output_field=DateTimeField()),
        is_late=Exists(times.filter(due_at__lt=until)),
        is_again=Exists(steps.filter(move__in=AGAIN_MOVES)),
    )


def in_outcome(rows: QuerySet[Any], outcome: str) -> QuerySet[Any]:
    """Of these requests, those answered in time or late, not agreed to, or not answered yet."""
    found = with_outcome(rows, at=clock.now())
    if outcome == UNANSWERED:
        return found.filter(answered_at=None)
    wanted = {IN_TIME: Q(is_late=False), LATE: Q(is_late=True), AGAIN: Q(is_again=True)}
    return found.filter(wanted.get(outcome, Q(pk__in=[])), answered_at__isnull=False)


def came_in(rows: QuerySet[Any], came: str) -> QuerySet[Any]:
    """Of these requests, those that came in the last months, or in one month."""
    span = span_of(came, today=clock.today())
    return within(rows, span, field="case__opened_at") if span is not None else rows.none()


def within(rows: QuerySet[Any], span: Span, *, field: str) -> QuerySet[Any]:
    """Of these rows, those whose instant lies in a span of days."""
    return rows.filter(**{f"{field}__gte": instant_of(span.begin), f"{field}__lt": instant_of(span.end)})


def instant_of(day: Any) -> datetime:
    """The instant at which a day begins, for people."""
    return datetime.combine(day, time.min, clock.PEOPLE_ZONE)
