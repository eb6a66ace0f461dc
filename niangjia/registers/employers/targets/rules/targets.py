"""How a target ends, what a visit must say, and how long a new employer may take."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from niangjia.kernel.chinese import Reason, gettext_noop

# Keys of local parameters; each default is 本系统默认值 or names where it was seen.
WITHIN_MONTHS, TARGET_DAYS, LEAD_MEMBERS = "union_within_months", "target_days", "lead_members"
LONGEST_MET, LONGEST_SAID, LONGEST_REASON = 64, 1_000, 200
LATEST_DAYS = 366


class Outcome(StrEnum):
    """How a target ended (结果)."""

    FOUNDED = "founded"
    JOINED = "joined"
    REFUSED = "refused"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


# What a person says; the others follow from the registers by themselves.
SAID_BY_HAND = (Outcome.REFUSED, Outcome.CLOSED, Outcome.WITHDRAWN)


@dataclass(frozen=True)
class VisitFacts:
    """A visit (走访) as somebody writes it down: the day, who was met (the post is enough), what was said, when next."""

    on: date
    met: str
    said: str
    next_on: date | None = None


@dataclass(frozen=True)
class Ending:
    """How a target ends (结果): the reason in words, and when to ask again where the employer refused for now."""

    outcome: Outcome
    reason: str = ""
    again_on: date | None = None


def union_due_on(opened_on: date, months: int) -> date:
    """The day by which a new employer is to have a union: so many months after it opened; a shorter month ends it."""
    year, month = divmod(opened_on.month - 1 + months, 12)
    year += opened_on.year
    return date(year, month + 1, min(opened_on.day, monthrange(year, month + 1)[1]))


def visit_faults(facts: VisitFacts, *, handed_on: date, on: date) -> dict[str, Reason]:
    """Everything wrong with a visit, by field: it lies in the past, since the target was handed out."""
    found: dict[str, Reason] = {}
    if facts.on > on:
        found["on"] = Reason("visit_to_come", _TO_COME, {})
    elif facts.on < handed_on:
        found["on"] = Reason("visit_too_early", _TOO_EARLY, {"day": handed_on.isoformat()})
    if not facts.met:
        found["met"] = Reason("met_missing", _MET_MISSING, {})
    if not facts.said:
        found["said"] = Reason("said_missing", _SAID_MISSING, {})
    if facts.next_on is not None and facts.next_on <= facts.on:
        found["next_on"] = Reason("next_not_later", _NEXT_NOT_LATER, {})
    return found


def due_fault(due_on: date, *, on: date) -> Reason | None:
    """Why a target cannot be handed out until this day, or None: from today on, a year at most."""
    if due_on < on:
        return Reason("due_past", _DUE_PAST, {})
    if (due_on - on).days > LATEST_DAYS:
        return Reason("due_too_late", _DUE_TOO_LATE, {"n": LATEST_DAYS})
    return None


def end_faults(ending: Ending, *, on: date) -> dict[str, Reason]:
    """Everything wrong with how a target is ended by hand: a refusal says why, and when to ask again."""
    found: dict[str, Reason] = {}
    if ending.outcome not in SAID_BY_HAND:
        found["outcome"] = Reason("outcome_by_itself", _BY_ITSELF, {})
    if not ending.reason:
        found["reason"] = Reason("reason_missing", _REASON_MISSING, {})
    if ending.outcome is Outcome.REFUSED and ending.again_on is None:
        found["again_on"] = Reason("again_missing", _AGAIN_MISSING, {})
    if ending.again_on is not None and ending.again_on <= on:
        found["again_on"] = Reason("again_past", _AGAIN_PAST, {})
    return found


_TO_COME = gettext_noop("走访的日子还没有到。去过了再记。")
_TOO_EARLY = gettext_noop("这家单位是 {day} 才交给人的，走访不能比这天早。")
_MET_MISSING = gettext_noop("还没有写见了谁。写职务就够，比如「办公室主任」。")
_SAID_MISSING = gettext_noop("还没有写谈了什么。写一两句：对方怎么说，难在哪里。")
_NEXT_NOT_LATER = gettext_noop("下次去的日子要在这次以后。")
_DUE_PAST = gettext_noop("期限已经过了。写今天或者以后的日子。")
_DUE_TOO_LATE = gettext_noop("期限太远，最多写 {n} 天以内。")
_BY_ITSELF = gettext_noop("建成了会不用在这里写：工会一覆盖这个单位，就自己办结。")
_REASON_MISSING = gettext_noop("还没有写理由。写一句话就行，后来的人看得懂。")
_AGAIN_MISSING = gettext_noop("对方暂时不同意，写一个再去的日子，到那天会再提醒。")
_AGAIN_PAST = gettext_noop("再去的日子要在今天以后。")
