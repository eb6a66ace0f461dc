"""The table of a merge (合并登记办理流程): proposed by one, agreed to by another, or not.

No rule names a number of days for it: 本系统默认值.
"""

from niangjia.kernel.cases.rules import Mode, Move, Pool, Stage, Tier, Who, Workflow
from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.clock.rules import Term, Unit
from niangjia.registers.members.merging.rules.moves import KEEPERS

KIND = "merging"
PREPARED, CHECKED, PAPERS_CHECKED = "prepared", "checked", "papers_checked"
MERGED, KEPT_APART, WITHDRAWN = "merged", "kept_apart", "withdrawn"
PROPOSE, PROPOSE_PAPERS = "propose", "propose_papers"
AGREE, AGREE_PAPERS, REFUSE, WITHDRAW = "agree", "agree_papers", "refuse", "withdraw"
REFUSE_REASONS = ("two_people", "not_proved", "picked_wrongly")
DECIDE, DECIDE_DAYS = "decide", 15
PAPERS = "papers"
WAITING = frozenset({CHECKED, PAPERS_CHECKED})
OWN_DEFAULT = gettext_noop("本系统默认值")

MERGING = Workflow(
    KIND,
    1,
    PREPARED,
    stages=(
        Stage(PREPARED, 0),
        Stage(CHECKED, 1, pool=Pool(AGREE, Mode.ANY)),
        # Two numbers that both passed their check: the second person writes, too, which papers were seen.
        Stage(PAPERS_CHECKED, 1, pool=Pool(AGREE_PAPERS, Mode.ANY)),
        Stage(MERGED, 2, is_final=True),
        Stage(KEPT_APART, 2, is_final=True),
        Stage(WITHDRAWN, 2, is_final=True),
    ),
    moves=(
        Move(PROPOSE, frozenset({PREPARED}), CHECKED, frozenset({Who.DESK}), KEEPERS, starts=(DECIDE,)),
        Move(PROPOSE_PAPERS, frozenset({PREPARED}), PAPERS_CHECKED, frozenset({Who.DESK}), KEEPERS, starts=(DECIDE,)),
        Move(AGREE, frozenset({CHECKED}), MERGED, frozenset({Who.SECOND}), KEEPERS, stops=(DECIDE,), is_verdict=True),
        Move(AGREE_PAPERS, frozenset({PAPERS_CHECKED}), MERGED, frozenset({Who.SECOND}), KEEPERS, form=PAPERS, stops=(DECIDE,), is_verdict=True),
        Move(REFUSE, WAITING, KEPT_APART, frozenset({Who.SECOND}), KEEPERS, reasons=REFUSE_REASONS, stops=(DECIDE,), is_verdict=True),
        Move(WITHDRAW, WAITING, WITHDRAWN, frozenset({Who.DESK}), KEEPERS, stops=(DECIDE,)),
    ),
    tiers=(Tier(DECIDE, Term(Unit.DAYS, DECIDE_DAYS, source=OWN_DEFAULT, is_default=True), "", (3, 1)),),
)  # fmt: skip
