"""What a check of a card answers, and how much it says of her."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from niangjia.kernel.chinese import gettext_noop
from niangjia.registers.cards.rules.states import CardState
from niangjia.registers.cards.rules.tokens import CLOCKS_APART_S, Code, Kind, is_in_time

# 本系统默认值: wrong codes at one counter, and within which time; after these it has to wait.
MOST_UNKNOWN = 20
UNKNOWN_WITHIN = timedelta(minutes=10)
# 本系统默认值: how late checks that were taken without a line are still taken in, and how many at once.
LATEST_SYNC = timedelta(days=7)
MOST_AT_ONCE = 200
KEPT_DAYS = 90


class Verdict(StrEnum):
    """What a check of a card comes to (验卡结果)."""

    VALID = "valid"
    OVER = "over"
    FROZEN = "frozen"
    LOST = "lost"
    ENDED = "ended"
    UNKNOWN = "unknown"
    REPLAYED = "replayed"


class CheckPurpose(StrEnum):
    """What a card is checked for (验卡用途): a closed list."""

    TILL = "till"
    VENUE = "venue"
    CHECK_IN = "check_in"
    LIBRARY = "library"
    HEALTH = "health"


PURPOSE_WORDS: dict[CheckPurpose, str] = {
    CheckPurpose.TILL: gettext_noop("会员优惠"),
    CheckPurpose.VENUE: gettext_noop("场馆进门"),
    CheckPurpose.CHECK_IN: gettext_noop("活动签到"),
    CheckPurpose.LIBRARY: gettext_noop("借书还书"),
    CheckPurpose.HEALTH: gettext_noop("体检"),
}
# A list of names is ticked off there, or something is handed out to one person; a till and a door need nobody's name.
NAMED = frozenset({CheckPurpose.CHECK_IN, CheckPurpose.LIBRARY, CheckPurpose.HEALTH})


@dataclass(frozen=True)
class CardFacts:
    """A card as it stands, and whether its holder is a member: asked of the register at the check."""

    state: str
    changed_at: datetime
    print_no: int
    is_member: bool


def decided(code: Code | None, card: CardFacts | None, *, at: datetime, is_far: bool = False) -> Verdict:
    """What the check of a code comes to at an instant; `code` is None where its signature or digits are wrong.

    `is_far`: the instant is that of a checker who had no line; a card frozen or lost after it was good then.
    """
    if code is None:
        return Verdict.UNKNOWN
    if not is_in_time(code, at=at, apart_s=CLOCKS_APART_S if is_far else 0):
        return Verdict.OVER
    if card is None or (code.kind is Kind.PRINTED and code.turn > card.print_no):
        return Verdict.UNKNOWN
    if code.kind is Kind.PRINTED and code.turn < card.print_no:
        return Verdict.LOST
    if is_far and card.changed_at > at:
        return Verdict.VALID if card.is_member else Verdict.ENDED
    return stands(card)


def stands(card: CardFacts | None) -> Verdict:
    """How a card stands by itself, whatever code was shown of it."""
    if card is None:
        return Verdict.UNKNOWN
    if card.state != CardState.IN_USE:
        return Verdict.LOST if card.state == CardState.LOST else Verdict.FROZEN
    return Verdict.VALID if card.is_member else Verdict.ENDED


def surname_only(name: str) -> str:
    """A name of which only the first character is told: 陈**."""
    return name[:1] + "*" * max(len(name) - 1, 1)


def name_told(name: str, *, purpose: CheckPurpose, verdict: Verdict) -> str:
    """How much of the name a check says: nothing, unless the purpose needs one and the card is good."""
    return surname_only(name) if purpose in NAMED and verdict is Verdict.VALID else ""
