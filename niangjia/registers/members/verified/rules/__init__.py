"""When a member counts as verified (已核实) and as reachable (联系得上); no database.

Verified: her identity is confirmed by two facts, the number that passes its own check and a code to her phone; or somebody saw
her papers. Reachable: within twelve months her phone was confirmed, her inbox used, or a message delivered.
"""

from datetime import date, timedelta
from enum import StrEnum

from niangjia.kernel.access.rules import Move, Role
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.registers.members.rules import READ_LIKE_ID_CARD

REACHED_WITHIN = timedelta(days=365)
# Kinds of papers whose number is checked by itself (GB 11643); others say nothing before somebody has seen them.
CHECKED_KINDS = tuple(sorted(kind.value for kind in READ_LIKE_ID_CARD))
# Of fewer members than this nobody inside the enterprise is told how many can be reached. 本系统默认值
LEAST_TOLD_INSIDE = 10
LONGEST_AGO = timedelta(days=365)
SEE_PAPERS = Move("see_papers", frozenset({Role.CADRE, Role.CHAIR}))


class Paper(StrEnum):
    """What was laid on the desk (看的是什么)."""

    REGISTERED = "registered"
    HOUSEHOLD_BOOK = "household_book"
    RESIDENCE_PERMIT = "residence_permit"


class Occasion(StrEnum):
    """What the papers were seen for (为什么看)."""

    REGISTERING = "registering"
    HANDLING = "handling"
    CORRECTING = "correcting"


def seen_fault(seen_on: date, *, on: date) -> Reason | None:
    """Papers are seen today, or were not long ago; never on a day to come."""
    if seen_on > on:
        return Reason("seen_in_future", _IN_FUTURE, {})
    if seen_on < on - LONGEST_AGO:
        return Reason("seen_long_ago", _LONG_AGO, {})
    return None


_IN_FUTURE = gettext_noop("这一天还没有到。写看证件的那一天。")
_LONG_AGO = gettext_noop("一年以前看的不算数了。请本人带证件再来一次，当面看过再记。")
