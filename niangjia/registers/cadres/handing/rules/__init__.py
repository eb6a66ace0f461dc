"""What is true of handing over (交接): what is handed, who ticks which side, when it is done.

No law names the list or its days: 本系统默认值. 工会法第十八条 wants the union above to consent when a chair goes before her term ends.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from niangjia.kernel.access.rules import Move, Role
from niangjia.kernel.chinese import Reason, gettext_noop

SEE_HANDOVERS = Move("see_handovers", frozenset({Role.CADRE, Role.CHAIR, Role.OFFICER}))
# In the place of somebody who cannot: by whoever works above the union.
HAND_OVER_FOR = Move("hand_over_for", frozenset({Role.CADRE}))
KEEP_HANDOVERS = Move("keep_handovers", frozenset({Role.CADRE, Role.CHAIR}))
MOVES = (SEE_HANDOVERS, HAND_OVER_FOR, KEEP_HANDOVERS)
DAYS_PARAMETER, VACANCY_PARAMETER = "handover_days", "chair_vacancy_days"
# A chair who left longer ago than this hands nothing over any more: what comes to light late is history.
LONGEST_BACK_DAYS = 180
# What is due within these days stands in the list.
AHEAD_DAYS = 90


class Side(StrEnum):
    """One of the two sides (交接的一方)."""

    OUTGOING = "outgoing"
    INCOMING = "incoming"


class Thing(StrEnum):
    """One thing that is handed over (交接的事项): what the program holds, then what lies in drawers."""

    CASES = "cases"
    DEADLINES = "deadlines"
    TERM = "term"
    LEGAL = "legal"
    MEMBERS = "members"
    TRANSFERS = "transfers"
    EMPLOYERS = "employers"
    TARGETS = "targets"
    RIGHTS = "rights"
    SEAL = "seal"
    BOOKS = "books"
    PAPERS = "papers"
    GOODS = "goods"


class Mark(StrEnum):
    """How one side finds a thing (勾选)."""

    OPEN = "open"
    FINE = "fine"
    MISSING = "missing"


@dataclass(frozen=True)
class Marked:
    """What one side says of one thing, with a word where it is missing."""

    mark: Mark
    note: str = ""


def note_faults(marked: Mapping[Thing, Marked]) -> dict[str, Reason]:
    """What is missing wants a word."""
    return {
        f"{thing}_note": Reason("say_what", _SAY_WHAT, {})
        for thing, each in marked.items()
        if each.mark is Mark.MISSING and not each.note.strip()
    }


def why_not_confirmed(marked: Mapping[Thing, Mark]) -> Reason | None:
    """Why a side cannot say yet that all is handed over."""
    still = sum(mark is Mark.OPEN for mark in marked.values())
    return Reason("still_open", _STILL_OPEN, {"n": still}) if still else None


def why_not_side(*, is_oneself: bool, is_above: bool, did_other: bool, because: str) -> Reason | None:
    """Why somebody may not confirm a side: each by her own account; for somebody else the union above, and says why."""
    if did_other:
        return Reason("both_sides", _BOTH_SIDES, {})
    if is_oneself:
        return None
    if not is_above:
        return Reason("not_yours", _NOT_YOURS, {})
    return None if because.strip() else Reason("no_reason", _NO_REASON, {})


def is_long_ago(left_on: date, *, on: date) -> bool:
    """Whether a chair left too long ago to hand anything over."""
    return (on - left_on).days > LONGEST_BACK_DAYS


_SAY_WHAT = gettext_noop("写一句缺什么、说好哪天补。交接办完以后，它会留在要办的事里，补上为止。")
_STILL_OPEN = gettext_noop("还有 {n} 样没有勾。每一样都看一眼：交清了，还是缺着。")
_BOTH_SIDES = gettext_noop("另一方是您确认的。两边要由两个人各自确认，请另一个人来办。")
_NOT_YOURS = gettext_noop("要由本人用自己的账号确认；本人办不了的，请上一级工会代办。")
_NO_REASON = gettext_noop("替别人确认，写一句为什么，比如「已经离职，电话核对过」。")
