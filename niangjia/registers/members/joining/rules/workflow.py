"""The table of an application to join (入会申请办理流程): asked, approved or refused by another, or withdrawn.

Sources: 《中国工会章程》第一章 (application, approval by the committee of the base union); 工会法第三条 (who may join). No
national number of days is found for the approval: 本系统默认值.
"""

from niangjia.kernel.cases.rules import Mode, Move, Pool, Stage, Tier, Who, Workflow
from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.clock.rules import Term, Unit
from niangjia.registers.members.joining.rules.moves import KEEPERS

KIND = "joining"
OWN_DEFAULT = gettext_noop("本系统默认值")
APPLIED, WAITS, AGREED = "applied", "waits", "agreed"
JOINED, TRANSFERRING, REFUSED, WITHDRAWN = "joined", "transferring", "refused", "withdrawn"
OPEN_STAGES = frozenset({APPLIED, WAITS})
# What becomes of nothing is let go after its days; the others are the beginning of a membership.
FRUITLESS = frozenset({REFUSED, WITHDRAWN})

APPROVE, ASK, BRING, REFUSE, GIVE_UP, WITHDRAW = "approve", "ask", "bring", "refuse", "give_up", "withdraw"
ENROL, TO_TRANSFER = "enrol", "to_transfer"
ASK_REASONS = ("name_unlike_paper", "work_unclear", "comes_with_paper")
REFUSE_REASONS = ("not_by_wages", "works_elsewhere", "member_already", "not_the_person")
NO_ANSWER = "no_answer"
DECIDE = "decide"
DECIDE_PARAMETER, DECIDE_DAYS = "joining_decide", 15
COMMITTEE, MORE = "committee", "more"

JOINING = Workflow(
    KIND,
    1,
    APPLIED,
    stages=(
        Stage(APPLIED, 1, pool=Pool(APPROVE, Mode.ANY)),
        Stage(WAITS, 1, pauses="waits_for_applicant", waits_for_asker=True),
        Stage(AGREED, 2),
        Stage(JOINED, 2, is_final=True),
        Stage(TRANSFERRING, 2, is_final=True),
        Stage(REFUSED, 2, is_final=True),
        Stage(WITHDRAWN, 2, is_final=True),
    ),
    moves=(
        Move(APPROVE, frozenset({APPLIED}), AGREED, frozenset({Who.SECOND}), KEEPERS, form=COMMITTEE, stops=(DECIDE,), is_verdict=True),
        Move(ASK, frozenset({APPLIED}), WAITS, frozenset({Who.SECOND}), KEEPERS, reasons=ASK_REASONS, is_verdict=True),
        Move(BRING, frozenset({WAITS}), APPLIED, frozenset({Who.ASKER}), form=MORE),
        Move(REFUSE, frozenset({APPLIED}), REFUSED, frozenset({Who.SECOND}), KEEPERS, reasons=REFUSE_REASONS, stops=(DECIDE,), is_verdict=True),
        Move(GIVE_UP, frozenset({WAITS}), REFUSED, frozenset({Who.DESK}), KEEPERS, reasons=(NO_ANSWER,), stops=(DECIDE,)),
        Move(WITHDRAW, frozenset({APPLIED, WAITS}), WITHDRAWN, frozenset({Who.ASKER}), stops=(DECIDE,)),
        # What an approval comes to is found in the register, not chosen by anybody.
        Move(ENROL, frozenset({AGREED}), JOINED, frozenset({Who.CLOCK})),
        Move(TO_TRANSFER, frozenset({AGREED}), TRANSFERRING, frozenset({Who.CLOCK})),
    ),
    tiers=(Tier(DECIDE, Term(Unit.DAYS, DECIDE_DAYS, source=OWN_DEFAULT, is_default=True), DECIDE_PARAMETER, (3, 1)),),
    starts=(DECIDE,),
    may_rate=frozenset({JOINED, REFUSED}),
)  # fmt: skip
