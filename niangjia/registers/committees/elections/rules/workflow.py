"""The table of an election (换届选举办理流程): planned, candidates, meeting, reported, approved by the union above.

Sources: 工会法第十二条 (approval above), 《工会基层组织选举工作条例》(总工发〔2016〕27号). The fifteen days for the answer are a
city rule: elsewhere 本系统默认值.
"""

from enum import StrEnum

from niangjia.kernel.cases.rules import Move, Stage, Tier, Who, Workflow
from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.clock.rules import Term, Unit
from niangjia.registers.committees.rules.moves import APPROVE_TERM, KEEP_COMMITTEES


class ElectionKind(StrEnum):
    """Whether a whole committee is elected anew, or one seat is filled (选举种类)."""

    RENEWAL = "renewal"
    BY_ELECTION = "by_election"


class Meeting(StrEnum):
    """Who elects (选举的会议): all members, or their representatives."""

    GENERAL = "general"
    CONGRESS = "congress"


KIND = "election"
OWN_DEFAULT = gettext_noop("本系统默认值")
PREPARING, NOMINATING, MEETING, COUNTED = "preparing", "nominating", "meeting", "counted"
SECOND_ROUND, ELECTED, REPORTED = "second_round", "elected", "reported"
APPROVED, DROPPED = "approved", "dropped"

PLAN, NOMINATE, STRIKE, CONVENE, COUNT = "plan", "nominate", "strike", "convene", "count"
ALL_ELECTED, TOO_FEW, FEWER, CHOOSE = "all_elected", "too_few", "fewer", "choose"
REPORT, APPROVE, RETURN, DROP = "report", "approve", "return", "drop"
RETURN_REASONS = ("result_unclear", "breaks_a_rule", "papers_missing")
DROP_REASONS = ("put_off", "begun_by_mistake", "union_closes")
ANSWER = "answer"
ANSWER_PARAMETER, ANSWER_DAYS = "election_answer", 15
KEEPERS, ABOVE = KEEP_COMMITTEES.roles, APPROVE_TERM.roles
OPEN_STAGES = frozenset({PREPARING, NOMINATING, MEETING, COUNTED, SECOND_ROUND, ELECTED, REPORTED})
DESK = frozenset({Who.DESK})

ELECTION = Workflow(
    KIND,
    1,
    PREPARING,
    stages=(
        Stage(PREPARING, 0),
        Stage(NOMINATING, 1),
        Stage(MEETING, 2),
        Stage(COUNTED, 2),
        Stage(SECOND_ROUND, 2),
        Stage(ELECTED, 3),
        Stage(REPORTED, 4),
        Stage(APPROVED, 4, is_final=True),
        Stage(DROPPED, 4, is_final=True),
    ),
    moves=(
        Move(PLAN, frozenset({PREPARING}), NOMINATING, DESK, KEEPERS, form=PLAN),
        Move(NOMINATE, frozenset({NOMINATING}), NOMINATING, DESK, KEEPERS, form=NOMINATE),
        Move(CONVENE, frozenset({NOMINATING}), MEETING, DESK, KEEPERS, form=CONVENE),
        Move(STRIKE, frozenset({NOMINATING}), NOMINATING, DESK, KEEPERS, form=STRIKE),
        Move(COUNT, frozenset({MEETING, SECOND_ROUND}), COUNTED, DESK, KEEPERS, form=COUNT),
        # What the votes come to is reckoned, not chosen by anybody.
        Move(ALL_ELECTED, frozenset({COUNTED}), ELECTED, frozenset({Who.CLOCK})),
        Move(TOO_FEW, frozenset({COUNTED}), SECOND_ROUND, frozenset({Who.CLOCK})),
        Move(FEWER, frozenset({SECOND_ROUND}), ELECTED, DESK, KEEPERS),
        Move(REPORT, frozenset({ELECTED}), REPORTED, DESK, KEEPERS, starts=(ANSWER,)),
        Move(CHOOSE, frozenset({ELECTED}), ELECTED, DESK, KEEPERS, form=CHOOSE),
        Move(APPROVE, frozenset({REPORTED}), APPROVED, frozenset({Who.ABOVE}), ABOVE, form=APPROVE, stops=(ANSWER,)),
        Move(RETURN, frozenset({REPORTED}), ELECTED, frozenset({Who.ABOVE}), ABOVE, reasons=RETURN_REASONS, stops=(ANSWER,)),
        Move(DROP, frozenset({PREPARING, NOMINATING, MEETING, SECOND_ROUND, ELECTED}), DROPPED, DESK, KEEPERS, reasons=DROP_REASONS),
    ),
    tiers=(Tier(ANSWER, Term(Unit.DAYS, ANSWER_DAYS, source=OWN_DEFAULT, is_default=True), ANSWER_PARAMETER, (3, 1)),),
)  # fmt: skip
