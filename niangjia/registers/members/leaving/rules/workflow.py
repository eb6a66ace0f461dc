"""The tables of a leave by own wish (本人退会) and of a proposed exit (提请退会): told to her, answered by her, decided by a person.

Sources: 《中国工会章程》第一章: 会员有退会自由 (she writes, the union confirms and takes the certificate back); 第七条: 六个月不交会费、不参加活动、
经教育拒不改正, 视为自动退会; 严重违法犯罪受到刑事处罚的, 开除会籍: 小组讨论, 基层委员会决定, 报上一级备案. 《工会会员会籍管理办法》 (总工发
〔2016〕27号): 退休、失业、单位关闭的保留会籍. No number of days is found: 本系统默认值.
"""

from niangjia.kernel.cases.rules import Move, Stage, Tier, Who, Workflow
from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.clock.rules import Term, Unit
from niangjia.registers.members.rules.moves import CHANGE_MEMBERSHIP

LEAVING_KIND, EXIT_KIND = "leaving", "exit"
KEEPERS = CHANGE_MEMBERSHIP.roles
OWN_DEFAULT = gettext_noop("本系统默认值")

ASKED, LEFT, WITHDRAWN, MOOT = "asked", "left", "withdrawn", "moot"
CONFIRM, WITHDRAW, DROP = "confirm", "withdraw", "drop"
DROP_REASONS = ("gone_over", "has_died")
CONFIRM_TIER, CONFIRM_PARAMETER, CONFIRM_DAYS = "confirm_leave", "leaving_confirm", 10
LEAVING = Workflow(
    LEAVING_KIND,
    1,
    ASKED,
    stages=(
        Stage(ASKED, 1),
        Stage(LEFT, 2, is_final=True),
        Stage(WITHDRAWN, 2, is_final=True),
        Stage(MOOT, 2, is_final=True),
    ),
    moves=(
        # Leaving is free: whoever confirms may ask why, but has no move that says no.
        Move(CONFIRM, frozenset({ASKED}), LEFT, frozenset({Who.DESK}), KEEPERS, form=CONFIRM, stops=(CONFIRM_TIER,)),
        Move(WITHDRAW, frozenset({ASKED}), WITHDRAWN, frozenset({Who.ASKER}), stops=(CONFIRM_TIER,)),
        # Only where she is no member here any more: then there is nothing to confirm.
        Move(
            DROP, frozenset({ASKED}), MOOT, frozenset({Who.DESK}), KEEPERS, reasons=DROP_REASONS, stops=(CONFIRM_TIER,)
        ),
    ),
    tiers=(
        Tier(
            CONFIRM_TIER,
            Term(Unit.WORKING_DAYS, CONFIRM_DAYS, source=OWN_DEFAULT, is_default=True),
            CONFIRM_PARAMETER,
            (3, 1),
        ),
    ),
    starts=(CONFIRM_TIER,),
    may_rate=frozenset({LEFT}),
)

TOLD, HEARD, SILENT = "told", "heard", "silent"
KEPT, RETAINED, AUTO_LEFT, EXPELLED = "kept", "retained", "auto_left", "expelled"
STAY, LAPSE, KEEP, RETAIN, AUTO_LEAVE, EXPEL = "stay", "lapse", "keep", "retain", "auto_leave", "expel"
OPEN_STAGES = frozenset({TOLD, HEARD, SILENT})
# What ends or changes a membership: never by who proposed it, and never before she was asked.
ENDS = frozenset({RETAIN, AUTO_LEAVE, EXPEL})
KEEP_REASONS = ("still_works", "good_reason", "not_asked_enough", "mistaken")
ANSWER_TIER, ANSWER_PARAMETER, ANSWER_DAYS = "exit_answer", "exit_answer", 15
DECIDE_TIER, DECIDE_DAYS = "exit_decide", 30
BY_SECOND = frozenset({Who.SECOND})
EXIT = Workflow(
    EXIT_KIND,
    1,
    TOLD,
    stages=(
        Stage(TOLD, 0, waits_for_asker=True),
        Stage(HEARD, 1),
        Stage(SILENT, 1),
        Stage(KEPT, 2, is_final=True),
        Stage(RETAINED, 2, is_final=True),
        Stage(AUTO_LEFT, 2, is_final=True),
        Stage(EXPELLED, 2, is_final=True),
    ),
    moves=(
        Move(STAY, frozenset({TOLD, SILENT}), HEARD, frozenset({Who.ASKER}), starts=(DECIDE_TIER,), stops=(ANSWER_TIER,)),
        # Her time is over: only that somebody may decide now, nothing is decided by it.
        Move(LAPSE, frozenset({TOLD}), SILENT, frozenset({Who.CLOCK}), starts=(DECIDE_TIER,), stops=(ANSWER_TIER,), when_over=ANSWER_TIER),
        Move(KEEP, OPEN_STAGES, KEPT, frozenset({Who.DESK}), KEEPERS, reasons=KEEP_REASONS),
        Move(RETAIN, frozenset({HEARD, SILENT}), RETAINED, BY_SECOND, KEEPERS, form=RETAIN),
        Move(AUTO_LEAVE, frozenset({SILENT}), AUTO_LEFT, BY_SECOND, KEEPERS, form=AUTO_LEAVE),
        Move(EXPEL, frozenset({HEARD, SILENT}), EXPELLED, BY_SECOND, KEEPERS, form=EXPEL),
    ),
    tiers=(
        Tier(ANSWER_TIER, Term(Unit.WORKING_DAYS, ANSWER_DAYS, source=OWN_DEFAULT, is_default=True), ANSWER_PARAMETER, ()),
        Tier(DECIDE_TIER, Term(Unit.DAYS, DECIDE_DAYS, source=OWN_DEFAULT, is_default=True), "", (3, 1)),
    ),
    starts=(ANSWER_TIER,),
)  # fmt: skip
