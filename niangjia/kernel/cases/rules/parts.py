"""Which parts people and places have in a case, how it goes on to others, and how it went."""

from enum import StrEnum


class PartyPart(StrEnum):
    """Which part a person has in a case (当事人)."""

    ASKER = "asker"
    CONCERNED = "concerned"


class HoldingPart(StrEnum):
    """As what a place has to do with a case (办理单位)."""

    HANDLES = "handles"
    HELPS = "helps"
    WATCHES = "watches"


class HandOverKind(StrEnum):
    """How a case goes on to others (交接)."""

    ASSIGN = "assign"
    TRANSFER = "transfer"
    REFER = "refer"
    HELP = "help"


class HandOverState(StrEnum):
    """What became of a hand-over (交接状态)."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Opinion(StrEnum):
    """How it went, as the asker says (评价)."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"
