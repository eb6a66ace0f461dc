"""What is left of a term, or how late it is: in days, in working days, in words."""

from dataclasses import dataclass
from datetime import datetime

from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.clock.rules.calendar import Calendar
from niangjia.kernel.clock.rules.counting import Due
from niangjia.kernel.clock.rules.terms import PEOPLE_ZONE

# A deadline turns amber at this many working days (本系统默认值).
SOON_WORKING_DAYS = 3


@dataclass(frozen=True)
class Left:
    """What is left (剩余): `days` and `working_days` after today, both negative when late; `words` says it to a reader."""

    days: int
    working_days: int
    is_late: bool
    is_paused: bool
    words: Reason

    @property
    def form(self) -> str:
        """How a page shows it: "" quiet, "soon", "late" or "paused"."""
        if self.is_paused:
            return "paused"
        if self.is_late:
            return "late"
        return "soon" if self.working_days <= SOON_WORKING_DAYS else ""


def left(due: Due, *, now: datetime, calendar: Calendar) -> Left:
    """What is left of a term at an instant; its last day counts as a whole, unless it ends at an hour."""
    today = now.astimezone(PEOPLE_ZONE).date()
    days = (due.on - today).days
    working_days = calendar.working_days_between(today, due.on)
    is_late = not due.is_paused and (days < 0 if due.at is None else now >= due.at)
    words = _late(due, days=days) if is_late else _in_time(due, days=days, working_days=working_days)
    return Left(days, working_days, is_late, due.is_paused, words)


def _late(due: Due, *, days: int) -> Reason:
    if days < 0:
        return Reason("late_days", _LATE_DAYS, {"days": -days})
    return Reason("late_today", _LATE_TODAY, {"time": _hour(due)})


def _in_time(due: Due, *, days: int, working_days: int) -> Reason:
    if due.is_paused:
        return Reason("paused", _PAUSED, {})
    if working_days > 0:
        return Reason("left_working_days", _LEFT_WORKING_DAYS, {"days": working_days})
    if days > 0:
        return Reason("left_days", _LEFT_DAYS, {"days": days})
    hour = _hour(due)
    return Reason("today_at", _TODAY_AT, {"time": hour}) if hour else Reason("today", _TODAY, {})


def _hour(due: Due) -> str:
    """At which hour of its last day a term ends; empty where it ends with the day."""
    instant = due.at.astimezone(PEOPLE_ZONE) if due.at else None
    return f"{instant:%H:%M}" if instant and instant.date() == due.on else ""


_PAUSED = gettext_noop("停着，暂不计时")
_LATE_DAYS = gettext_noop("已逾期 {days} 天")
_LATE_TODAY = gettext_noop("已逾期，今天 {time} 到期")
_TODAY_AT = gettext_noop("今天 {time} 到期")
_TODAY = gettext_noop("今天到期")
_LEFT_WORKING_DAYS = gettext_noop("还剩 {days} 个工作日")
_LEFT_DAYS = gettext_noop("还剩 {days} 天")
