"""The tables of an extension (延期换届) and of a recall (罢免).

Sources: extension by approval of the union above: 工会法第十二条, at most six months: 本系统默认值. Recall by more than half of all
members or representatives, never by the committee itself: 工会法第十八条.
"""

from niangjia.kernel.cases.rules import Move, Stage, Who, Workflow
from niangjia.registers.committees.rules.moves import APPROVE_TERM, KEEP_COMMITTEES

EXTENSION_KIND, RECALL_KIND = "extension", "recall"
KEEPERS, ABOVE = KEEP_COMMITTEES.roles, APPROVE_TERM.roles
DESK, BY_ABOVE = frozenset({Who.DESK}), frozenset({Who.ABOVE})

WRITING, ASKED, GRANTED, REFUSED, WITHDRAWN = "writing", "asked", "granted", "refused", "withdrawn"
ASK, GRANT, REFUSE, WITHDRAW = "ask", "grant", "refuse", "withdraw"
REFUSE_REASONS = ("hold_it_now", "no_reason", "extended_before")
EXTENSION = Workflow(
    EXTENSION_KIND,
    1,
    WRITING,
    stages=(
        Stage(WRITING, 0),
        Stage(ASKED, 1),
        Stage(GRANTED, 2, is_final=True),
        Stage(REFUSED, 2, is_final=True),
        Stage(WITHDRAWN, 2, is_final=True),
    ),
    moves=(
        Move(ASK, frozenset({WRITING}), ASKED, DESK, KEEPERS, form=ASK),
        Move(GRANT, frozenset({ASKED}), GRANTED, BY_ABOVE, ABOVE, form=GRANT),
        Move(REFUSE, frozenset({ASKED}), REFUSED, BY_ABOVE, ABOVE, reasons=REFUSE_REASONS),
        Move(WITHDRAW, frozenset({WRITING, ASKED}), WITHDRAWN, DESK, KEEPERS, reasons=("not_needed",)),
    ),
)

MOVED, VOTED, RECALLED, KEPT, DROPPED = "moved", "voted", "recalled", "kept", "dropped"
PROPOSE, VOTE, CARRY, FAIL, DROP = "propose", "vote", "carry", "fail", "drop"
RECALL = Workflow(
    RECALL_KIND,
    1,
    WRITING,
    stages=(
        Stage(WRITING, 0),
        Stage(MOVED, 1),
        Stage(VOTED, 2),
        Stage(RECALLED, 2, is_final=True),
        Stage(KEPT, 2, is_final=True),
        Stage(DROPPED, 2, is_final=True),
    ),
    moves=(
        Move(PROPOSE, frozenset({WRITING}), MOVED, DESK, KEEPERS, form=PROPOSE),
        Move(VOTE, frozenset({MOVED}), VOTED, DESK, KEEPERS, form=VOTE),
        # What the votes come to is reckoned, not chosen by anybody.
        Move(CARRY, frozenset({VOTED}), RECALLED, frozenset({Who.CLOCK})),
        Move(FAIL, frozenset({VOTED}), KEPT, frozenset({Who.CLOCK})),
        Move(DROP, frozenset({WRITING, MOVED}), DROPPED, DESK, KEEPERS, reasons=("taken_back", "left_already")),
    ),
)
