"""Bring in the days off of a year."""

from django.db import transaction

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.chinese import Reason
from niangjia.kernel.dated.queries import public_days
from niangjia.kernel.dated.services import replace_year
from niangjia.kernel.journal.services import record
from niangjia.kernel.workdays.queries import may_publish
from niangjia.kernel.workdays.rules import Notice

THING = "calendar"


class NotPublished(Exception):
    """It cannot be taken as it is; `reasons` say why, line by line."""

    def __init__(self, reasons: tuple[Reason, ...]) -> None:
        super().__init__(", ".join(reason.code for reason in reasons))
        self.reasons = reasons


@transaction.atomic
def publish(notice: Notice, *, year: int, by: Actor) -> bool:
    """Put the days off of a year in force (装入放假安排) for everybody; False where nothing is different; `NotPublished`."""
    if not may_publish(by):
        raise Forbidden("no_role")
    if notice.faults:
        raise NotPublished(notice.faults)
    before = public_days(year).count()
    if not replace_year(year, notice.days):
        return False
    detail = {
        "source": notice.days[0].source,
        "days": [before, len(notice.days)],
        "worked": sum(each.is_working for each in notice.days),
    }
    record("publish_calendar", by=by, thing=THING, thing_id=year, detail=detail)
    return True
