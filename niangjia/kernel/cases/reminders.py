"""At which instants people are reminded of a time that runs."""

from datetime import date, datetime, time, timedelta

from niangjia.kernel import clock
from niangjia.kernel.cases.models import Running
from niangjia.kernel.cases.rules import Tier
from niangjia.kernel.clock.rules import Calendar

# 本系统默认值: people are reminded when the working day begins.
MORNING = time(9)
DAY = timedelta(days=1)


def instants_of(tier: Tier, due_at: datetime, calendar: Calendar) -> list[datetime]:
    """When people are reminded of a time that ends then: so many working days before, and once when it is over."""
    last = (due_at - timedelta(microseconds=1)).astimezone(clock.PEOPLE_ZONE).date()
    before = [_morning(_working_days_before(last, days, calendar)) for days in sorted(tier.remind_before, reverse=True)]
    after = due_at.astimezone(clock.PEOPLE_ZONE)
    late = _morning(calendar.working_day_from(after.date()))
    return [*before, max(late, due_at)]


def next_of(tier: Tier, running: Running, calendar: Calendar) -> datetime | None:
    """The instant of the next reminder; none while the time rests, or when all went out."""
    if running.due_at is None:
        return None
    instants = instants_of(tier, running.due_at, calendar)
    return instants[running.reminded] if running.reminded < len(instants) else None


def _working_days_before(last: date, days: int, calendar: Calendar) -> date:
    """The day from which so many working days are left, the last one counted."""
    day = last
    while calendar.working_days_between(day, last) < days or not calendar.is_working(day):
        day -= DAY
    return day


def _morning(day: date) -> datetime:
    return datetime.combine(day, MORNING, clock.PEOPLE_ZONE)
