"""The table of a reorganisation (组织调整办理流程): planned, approved by another person at the union above, carried out on its day.

Sources: 工会法第十二条 (a base union, a local union exists by approval of the union above) and 第十三条 (nobody dissolves or merges
union organisations at will). No national number of days is found for the answer: 本系统默认值.
"""

from niangjia.kernel.access.rules import Role
from niangjia.kernel.cases.rules import Mode, Move, Pool, Stage, Tier, Who, Workflow
from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.clock.rules import Term, Unit

KIND = "reorganising"
OWN_DEFAULT = gettext_noop("本系统默认值")
PLANNED, ASKED, APPROVED = "planned", "asked", "approved"
DONE, REFUSED, DROPPED = "done", "refused", "dropped"
OPEN_STAGES = frozenset({PLANNED, ASKED, APPROVED})

SUBMIT, APPROVE, SEND_BACK, REFUSE = "submit", "approve", "send_back", "refuse"
DROP, CALL_OFF, CARRY_OUT = "drop", "call_off", "carry_out"
BACK_REASONS = ("plan_unclear", "members_not_heard", "papers_missing")
REFUSE_REASONS = ("not_needed", "against_the_rules")
OFF_REASONS = ("no_longer_needed", "planned_wrongly")
DECIDE, DECIDE_DAYS = "decide", 15
DOCUMENT = "document"
PLANNERS = frozenset({Role.CADRE})

REORGANISING = Workflow(
    KIND,
    1,
    PLANNED,
    stages=(
        Stage(PLANNED, 0),
        Stage(ASKED, 1, pool=Pool(APPROVE, Mode.ANY)),
        Stage(APPROVED, 2),
        Stage(DONE, 3, is_final=True),
        Stage(REFUSED, 3, is_final=True),
        Stage(DROPPED, 3, is_final=True),
    ),
    moves=(
        Move(SUBMIT, frozenset({PLANNED}), ASKED, frozenset({Who.DESK}), PLANNERS, starts=(DECIDE,)),
        Move(APPROVE, frozenset({ASKED}), APPROVED, frozenset({Who.SECOND}), PLANNERS, form=DOCUMENT, stops=(DECIDE,), is_verdict=True),
        Move(SEND_BACK, frozenset({ASKED}), PLANNED, frozenset({Who.SECOND}), PLANNERS, reasons=BACK_REASONS, stops=(DECIDE,), is_verdict=True),
        Move(REFUSE, frozenset({ASKED}), REFUSED, frozenset({Who.SECOND}), PLANNERS, reasons=REFUSE_REASONS, stops=(DECIDE,), is_verdict=True),
        Move(DROP, frozenset({PLANNED}), DROPPED, frozenset({Who.DESK}), PLANNERS, reasons=OFF_REASONS),
        Move(CALL_OFF, frozenset({ASKED, APPROVED}), DROPPED, frozenset({Who.DESK}), PLANNERS, reasons=OFF_REASONS, stops=(DECIDE,)),
        # On its day, by the program: nobody has to be awake at midnight.
        Move(CARRY_OUT, frozenset({APPROVED}), DONE, frozenset({Who.CLOCK})),
    ),
    tiers=(Tier(DECIDE, Term(Unit.DAYS, DECIDE_DAYS, source=OWN_DEFAULT, is_default=True), remind_before=(3, 1)),),
)  # fmt: skip
