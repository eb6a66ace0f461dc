"""The table of setting up a union (建会办理流程): asked, prepared, elected, approved by another; or it ends before.

Sources: 工会法第十一条、第十二条 (the union above approves, and sends people to help). An answer to the result of an election
within 15 days; no national number of days is found for the others: 本系统默认值.
"""

from niangjia.kernel.cases.rules import Mode, Move, Pool, Stage, Tier, Who, Workflow
from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.clock.rules import Term, Unit
from niangjia.registers.founding.rules.moves import KEEPERS

KIND = "founding"
OWN_DEFAULT = gettext_noop("本系统默认值")
APPLIED, WAITS, PREPARING, REPORTED = "applied", "waits", "preparing", "reported"
FOUNDED, REFUSED, WITHDRAWN, MERGED, ABANDONED = "founded", "refused", "withdrawn", "merged", "abandoned"
ASKED = frozenset({APPLIED, WAITS})
# What becomes of nothing is let go after its days.
FRUITLESS = frozenset({REFUSED, WITHDRAWN, MERGED, ABANDONED})

PREPARE, ASK, BRING, REFUSE, GIVE_UP, WITHDRAW = "prepare", "ask", "bring", "refuse", "give_up", "withdraw"
REPORT, APPROVE, SEND_BACK, ABANDON, MERGE = "report", "approve", "send_back", "abandon", "merge"
ASK_REASONS = ("employer_unclear", "size_unclear", "call_us")
REFUSE_REASONS = ("union_there", "elsewhere", "no_employer")
NO_ANSWER = "no_answer"
BACK_REASONS = ("result_incomplete", "vote_again", "candidates_barred")
ABANDON_REASONS = ("employer_closed", "covered_by_other", "not_enough_will")
CHECK, SET_UP, ANSWER = "check", "set_up", "answer"
CHECK_PARAMETER, CHECK_DAYS = "founding_check", 15
SET_UP_PARAMETER, SET_UP_DAYS = "founding_set_up", 180
ANSWER_PARAMETER, ANSWER_DAYS = "founding_answer", 15
PREPARING_FORM, RESULT_FORM, APPROVAL_FORM, MORE = "preparing", "result", "approval", "more"

FOUNDING = Workflow(
    KIND,
    1,
    APPLIED,
    stages=(
        Stage(APPLIED, 1),
        Stage(WAITS, 1, pauses="waits_for_applicant", waits_for_asker=True),
        Stage(PREPARING, 2),
        Stage(REPORTED, 3, pool=Pool(APPROVE, Mode.ANY)),
        Stage(FOUNDED, 3, is_final=True),
        Stage(REFUSED, 3, is_final=True),
        Stage(WITHDRAWN, 3, is_final=True),
        Stage(MERGED, 3, is_final=True),
        Stage(ABANDONED, 3, is_final=True),
    ),
    moves=(
        Move(PREPARE, frozenset({APPLIED}), PREPARING, frozenset({Who.DESK}), KEEPERS, form=PREPARING_FORM, stops=(CHECK,), starts=(SET_UP,)),
        Move(ASK, frozenset({APPLIED}), WAITS, frozenset({Who.DESK}), KEEPERS, reasons=ASK_REASONS),
        Move(BRING, frozenset({WAITS}), APPLIED, frozenset({Who.ASKER}), form=MORE),
        Move(REFUSE, frozenset({APPLIED}), REFUSED, frozenset({Who.DESK}), KEEPERS, reasons=REFUSE_REASONS, stops=(CHECK,)),
        Move(GIVE_UP, frozenset({WAITS}), REFUSED, frozenset({Who.DESK}), KEEPERS, reasons=(NO_ANSWER,), stops=(CHECK,)),
        Move(WITHDRAW, frozenset({APPLIED, WAITS}), WITHDRAWN, frozenset({Who.ASKER}), stops=(CHECK,)),
        Move(REPORT, frozenset({PREPARING}), REPORTED, frozenset({Who.DESK}), KEEPERS, form=RESULT_FORM, stops=(SET_UP,), starts=(ANSWER,)),
        Move(APPROVE, frozenset({REPORTED}), FOUNDED, frozenset({Who.SECOND}), KEEPERS, form=APPROVAL_FORM, stops=(ANSWER,), is_verdict=True),
        Move(SEND_BACK, frozenset({REPORTED}), PREPARING, frozenset({Who.SECOND}), KEEPERS, reasons=BACK_REASONS, stops=(ANSWER,), starts=(SET_UP,), is_verdict=True),
        Move(ABANDON, frozenset({PREPARING}), ABANDONED, frozenset({Who.DESK}), KEEPERS, reasons=ABANDON_REASONS, stops=(SET_UP,)),
        # Another application for the same employer is being prepared: this one goes its way with it.
        Move(MERGE, frozenset({APPLIED, WAITS}), MERGED, frozenset({Who.CLOCK}), stops=(CHECK,)),
    ),
    tiers=(
        Tier(CHECK, Term(Unit.DAYS, CHECK_DAYS, source=OWN_DEFAULT, is_default=True), CHECK_PARAMETER, (3, 1)),
        Tier(SET_UP, Term(Unit.DAYS, SET_UP_DAYS, source=OWN_DEFAULT, is_default=True), SET_UP_PARAMETER, (15, 3), may_extend=True),
        Tier(ANSWER, Term(Unit.DAYS, ANSWER_DAYS, source=OWN_DEFAULT, is_default=True), ANSWER_PARAMETER, (3, 1)),
    ),
    starts=(CHECK,),
    may_rate=frozenset({FOUNDED, REFUSED}),
)  # fmt: skip
