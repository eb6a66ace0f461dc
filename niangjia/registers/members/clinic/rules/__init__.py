"""What a finding of the clinic is (体检发现): its states, what may be said of it, and how it is mended; no database.

A finding speaks of a record, never of who keeps it: nobody is counted, compared or ranked by findings.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from niangjia.kernel.access.rules import Move, Role
from niangjia.kernel.chinese import Reason, gettext_noop

REPAIR_MEMBERS = Move("repair_members", frozenset({Role.CADRE, Role.CHAIR}))
LONGEST_REASON = 200
# 本系统默认值
LONGEST_SNOOZE = timedelta(days=366)
ASKED_AGAIN_AFTER = timedelta(days=30)
SNOOZES = (30, 90, 180)


class FindingState(StrEnum):
    """How far a finding has come (修补的进展)."""

    OPEN = "open"
    SNOOZED = "snoozed"
    RIGHT = "right"
    MENDED = "mended"


class Mend(StrEnum):
    """Where a finding is put right (到哪里改)."""

    EDIT = "edit"
    PAPERS = "papers"
    TRANSFER = "transfer"


# What she can put right herself, on her phone.
BY_HERSELF = frozenset({Mend.EDIT})


def snooze_faults(until: date | None, reason: str, *, on: date) -> Mapping[str, Reason]:
    """A finding rests until a day to come, at most a year, and for a reason."""
    faults = dict(reason_faults(reason))
    if until is None or until <= on:
        faults["until"] = Reason("until_past", _UNTIL_PAST, {})
    elif until > on + LONGEST_SNOOZE:
        faults["until"] = Reason("until_far", _UNTIL_FAR, {})
    return faults


def reason_faults(reason: str) -> Mapping[str, Reason]:
    """A reason is written, and is no essay."""
    if not reason.strip():
        return {"reason": Reason("reason_missing", _REASON_MISSING, {})}
    if len(reason) > LONGEST_REASON:
        return {"reason": Reason("reason_long", _REASON_LONG, {"most": LONGEST_REASON})}
    return {}


_UNTIL_PAST = gettext_noop("写今天以后的日子，到那天会再提醒。")
_UNTIL_FAR = gettext_noop("最多放一年。到时候还没有着落，可以再放。")
_REASON_MISSING = gettext_noop("写一句为什么，接手的人看得懂。")
_REASON_LONG = gettext_noop("最多写 {most} 个字。")
