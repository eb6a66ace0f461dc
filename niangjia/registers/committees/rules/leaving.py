"""Leaving a committee before its term ends, without a vote (离任). Pure.

Sources: 工会法第十八条: a chair is not moved elsewhere at will, and is recalled by the members alone; what she does herself is free.
"""

from datetime import date
from enum import StrEnum

from niangjia.kernel.chinese import Reason, gettext_noop


class LeaveReason(StrEnum):
    """Why somebody left a committee without having been recalled (离任的原因)."""

    RESIGNED = "resigned"
    MOVED_AWAY = "moved_away"
    RETIRED = "retired"
    DIED = "died"


def leaving_fault(on: date, *, since: date, today: date) -> Reason | None:
    """Why this cannot be somebody's last day on a committee, or None."""
    if on > today:
        return Reason("leaves_later", _LATER, {})
    if on < since:
        return Reason("leaves_before", _BEFORE, {})
    return None


_LATER = gettext_noop("这一天还没有到。离任以后再记。")
_BEFORE = gettext_noop("比到任还早。看看日子有没有抄错。")
