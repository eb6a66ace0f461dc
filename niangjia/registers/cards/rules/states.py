"""States of a card and the moves between them; who may make which."""

from dataclasses import dataclass
from enum import StrEnum

from niangjia.kernel.chinese import Reason, gettext_noop


class CardState(StrEnum):
    """State of a card (卡的状态); lost is its last: the number never works again."""

    IN_USE = "in_use"
    FROZEN = "frozen"
    LOST = "lost"


class HeldBy(StrEnum):
    """Who froze a card (谁停的卡): what the union froze, only the union sets free."""

    NOBODY = "nobody"
    SELF = "self"
    UNION = "union"


LIVE = frozenset({CardState.IN_USE, CardState.FROZEN})


@dataclass(frozen=True)
class CardMove:
    """One thing that happens to a card: from which states, and what it is then."""

    name: str
    before: frozenset[CardState]
    after: CardState


FREEZE = CardMove("freeze_card", frozenset({CardState.IN_USE}), CardState.FROZEN)
UNFREEZE = CardMove("unfreeze_card", frozenset({CardState.FROZEN}), CardState.IN_USE)
REPLACE = CardMove("replace_card", LIVE, CardState.LOST)
MOVES = (FREEZE, UNFREEZE, REPLACE)


def why_not_moved(move: CardMove, *, state: str, held_by: str, by_herself: bool, reason: str) -> Reason | None:
    """None where a card may be moved so; the union says why, and what it froze she cannot set free."""
    if state not in {each.value for each in move.before}:
        return Reason("card_moved_already", _MOVED_ALREADY, {})
    if by_herself and held_by == HeldBy.UNION:
        return Reason("card_held_by_union", _HELD_BY_UNION, {})
    if not by_herself and move is not UNFREEZE and not reason.strip():
        return Reason("reason_missing", _REASON_MISSING, {})
    return None


_MOVED_ALREADY = gettext_noop("这张卡已经不是刚才那样了。请刷新看看现在的状态，再决定。")
_HELD_BY_UNION = gettext_noop("这张卡是工会停的。请打电话问问您的工会为什么，说清楚了由工会恢复。")
_REASON_MISSING = gettext_noop("请写明为什么，本人会看到这句话。")
