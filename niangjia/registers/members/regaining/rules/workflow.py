"""The table of a lost phone (旧手机丢了办理流程): filed at a desk, agreed to by two above her union, carried out after a wait.

No rule names how many decide or how long one waits: 本系统默认值. She herself stops it at any time before it is carried out.
"""

from niangjia.kernel.cases.rules import Mode, Move, Pool, Stage, Tier, Who, Workflow
from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.clock.rules import Term, Unit
from niangjia.registers.members.regaining.rules.moves import DECIDERS
from niangjia.registers.members.rules.moves import EDIT_MEMBERS

KIND = "regaining"
OWN_DEFAULT = gettext_noop("本系统默认值")
WRITTEN, CHECKED, WAITS = "written", "checked", "waits"
HANDED, REFUSED, STOPPED = "handed", "refused", "stopped"
OPEN_STAGES = frozenset({CHECKED, WAITS})
FILE, AGREE, REFUSE, HALT, NOT_ME, HAND_OVER = "file", "agree", "refuse", "halt", "not_me", "hand_over"
REFUSE_REASONS = ("not_the_person", "not_proved", "phone_wrong")
HALT_REASONS = ("said_by_herself", "phone_wrong", "not_proved")
DECIDE, DECIDE_DAYS = "decide", 5
WAIT, WAIT_PARAMETER, WAIT_DAYS = "wait", "regaining_wait", 3
VOICES = 2
CHECK = "check"

REGAINING = Workflow(
    KIND,
    1,
    WRITTEN,
    stages=(
        Stage(WRITTEN, 0),
        Stage(CHECKED, 1, pool=Pool(AGREE, Mode.N, VOICES)),
        # For her to say that it was not her; nobody at a desk has anything to do.
        Stage(WAITS, 2, waits_for_asker=True),
        Stage(HANDED, 3, is_final=True),
        Stage(REFUSED, 3, is_final=True),
        Stage(STOPPED, 3, is_final=True),
    ),
    moves=(
        Move(FILE, frozenset({WRITTEN}), CHECKED, frozenset({Who.DESK}), EDIT_MEMBERS.roles, starts=(DECIDE,)),
        Move(AGREE, frozenset({CHECKED}), WAITS, frozenset({Who.SECOND}), DECIDERS, form=CHECK, starts=(WAIT,), stops=(DECIDE,), is_verdict=True),
        Move(REFUSE, frozenset({CHECKED}), REFUSED, frozenset({Who.SECOND}), DECIDERS, reasons=REFUSE_REASONS, stops=(DECIDE,), is_verdict=True),
        Move(HALT, frozenset({WAITS}), STOPPED, frozenset({Who.DESK}), DECIDERS, reasons=HALT_REASONS, stops=(WAIT,)),
        Move(NOT_ME, OPEN_STAGES, STOPPED, frozenset({Who.ASKER}), stops=(DECIDE, WAIT)),
        Move(HAND_OVER, frozenset({WAITS}), HANDED, frozenset({Who.CLOCK}), stops=(WAIT,), when_over=WAIT),
    ),
    tiers=(
        Tier(DECIDE, Term(Unit.WORKING_DAYS, DECIDE_DAYS, source=OWN_DEFAULT, is_default=True), "", (1,)),
        Tier(WAIT, Term(Unit.WORKING_DAYS, WAIT_DAYS, source=OWN_DEFAULT, is_default=True), WAIT_PARAMETER, ()),
    ),
)  # fmt: skip
