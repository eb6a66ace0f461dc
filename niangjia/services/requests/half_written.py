"""What somebody has begun to say and not sent (写到一半的): kept sealed for her alone, on whichever device, until it is sent or its days are over."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.drafts.queries import Occasion, begun_by
from niangjia.kernel.cases.drafts.rules import DAYS_KEPT
from niangjia.services.requests.rules import BY_CODE, KIND, Kind


@dataclass(frozen=True)
class HalfWritten:
    """One kind that somebody began to say: when she wrote last, and until which day it is kept."""

    kind: Kind
    saved_at: datetime
    kept_until: date


def occasion_of(kind: str) -> Occasion:
    """For each kind there is one that she may have begun."""
    return Occasion(KIND, kind)


def half_written(actor: Actor) -> Iterator[HalfWritten]:
    """What somebody began and has not sent, the latest first."""
    for draft in begun_by(actor, KIND):
        if draft.move in BY_CODE:
            last = (draft.saved_at + timedelta(days=DAYS_KEPT)).astimezone(clock.PEOPLE_ZONE).date()
            yield HalfWritten(BY_CODE[draft.move], draft.saved_at, last)
