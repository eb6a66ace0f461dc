"""What is true of every case: the table of moves, who may make which, how many eyes, which clocks run."""

from niangjia.kernel.cases.rules.moving import CLOCK, Standing, moves_open_to, why_not_move
from niangjia.kernel.cases.rules.parts import HandOverKind, HandOverState, HoldingPart, Opinion, PartyPart
from niangjia.kernel.cases.rules.pools import Cast, Verdict, outcome
from niangjia.kernel.cases.rules.prints import fingerprint
from niangjia.kernel.cases.rules.workflow import (
    DESK_ROLES,
    KERNEL_ACTS,
    OPEN,
    Mode,
    Move,
    Pool,
    Stage,
    Tier,
    Waits,
    Who,
    Workflow,
)

__all__ = [
    "CLOCK",
    "DESK_ROLES",
    "KERNEL_ACTS",
    "OPEN",
    "Cast",
    "HandOverKind",
    "HandOverState",
    "HoldingPart",
    "Mode",
    "Move",
    "Opinion",
    "PartyPart",
    "Pool",
    "Stage",
    "Standing",
    "Tier",
    "Verdict",
    "Waits",
    "Who",
    "Workflow",
    "fingerprint",
    "moves_open_to",
    "outcome",
    "why_not_move",
]
