"""The table of a request (诉求办理流程): closed only when who asked agrees, or when her time to disagree has passed."""

from niangjia.kernel.access.rules import Role
from niangjia.kernel.cases.rules import Move, Stage, Tier, Who, Workflow
from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.clock.rules import Term, Unit
from niangjia.services.requests.rules.kinds import Grade

KIND = "request"
# Not the chair: she of a base union is often the employer's, and she of a county is not on duty at the door.
HANDLERS = frozenset({Role.CADRE, Role.OFFICER})
OWN_DEFAULT = gettext_noop("本系统默认值")
PETITION_RULES = "《信访工作条例》"

RECEIVED, ACCEPTED, IN_HAND, WAITING = "received", "accepted", "in_hand", "waiting"
ANSWERED, REOPENED, ALONG = "answered", "reopened", "along"
AGREED, LAPSED, WITHDRAWN = "agreed", "lapsed", "withdrawn"

# What the asker sees lit, in this order.
STEPS = (gettext_noop("收到"), gettext_noop("受理"), gettext_noop("办理"), gettext_noop("答复"), gettext_noop("办结"))

WORKING = frozenset({ACCEPTED, IN_HAND, REOPENED})
UNDER_WAY = frozenset({RECEIVED, *WORKING, WAITING, ALONG})
OPEN_STAGES = UNDER_WAY | {ANSWERED}
CLOSED_STAGES = frozenset({AGREED, LAPSED, WITHDRAWN})

# The answer has a day of its own, by the grade that the request was accepted with.
ANSWER_TIERS: dict[str, str] = {grade.value: f"answer_{grade.value}" for grade in Grade}
ACCEPT_MOVES: dict[str, str] = {grade.value: f"accept_{grade.value}" for grade in Grade}
ANSWERS = (*ANSWER_TIERS.values(), "again")
AT_THE_DOOR = ("accept", "react", "notice")

# For so long after it was closed she may have it opened again (本系统默认值).
REOPEN_WITHIN_DAYS = 30

# Why the union cannot do it itself (不归工会办): it says where to go, and she may disagree as with any answer.
ELSEWHERE_REASONS = ("court", "arbitration", "other_office", "other_region", "settled_before")
DISAGREE_REASONS = ("not_solved", "not_answered", "wrong", "not_done")
EXTENSION_REASONS = ("needs_others", "hard_to_prove", "asker_asks")
ALONE_REASONS = ("another_matter", "asker_asks", "other_withdrawn", "other_moved")
# Why a union above takes it up itself (提级办理).
TAKE_UP_REASONS = ("beyond_them", "too_near", "too_long")


# 信访工作条例: at most thirty days more, once; the others at most as long again.
LONGEST_EXTENSION = {"answer_consult": 3, "answer_ordinary": 10, "answer_hard": 20, "answer_complex": 30,
                     "answer_petition": 30, "again": 10}  # fmt: skip


def _tier(key: str, unit: Unit, number: int, *, source: str = "", before: int = 1) -> Tier:
    """A time; without a source in law it is a default of ours, which a local parameter may replace."""
    term = Term(unit, number, source=source or OWN_DEFAULT, is_default=not source)
    parameter = "" if source else f"request_{key}"
    return Tier(key, term, parameter, (before,), may_extend=key in LONGEST_EXTENSION)


TIERS = (
    _tier("react", Unit.HOURS, 2),
    _tier("accept", Unit.WORKING_DAYS, 1),
    _tier("notice", Unit.DAYS, 15, source=PETITION_RULES),
    _tier("answer_consult", Unit.WORKING_DAYS, 3),
    _tier("answer_ordinary", Unit.WORKING_DAYS, 10, before=2),
    _tier("answer_hard", Unit.WORKING_DAYS, 20, before=3),
    _tier("answer_complex", Unit.DAYS, 60, before=5),
    _tier("answer_petition", Unit.DAYS, 60, source=PETITION_RULES, before=5),
    _tier("again", Unit.WORKING_DAYS, 10, before=2),
    _tier("call_back", Unit.WORKING_DAYS, 3),
    _tier("agree", Unit.WORKING_DAYS, 5),
)

STAGES = (
    Stage(RECEIVED, 0),
    Stage(ACCEPTED, 1),
    Stage(IN_HAND, 2),
    Stage(WAITING, 2, pauses="waits_for_asker", waits_for_asker=True),
    Stage(REOPENED, 2),
    Stage(ALONG, 2),
    Stage(ANSWERED, 3, waits_for_asker=True),
    Stage(AGREED, 4, is_final=True),
    Stage(LAPSED, 4, is_final=True),
    Stage(WITHDRAWN, 4, is_final=True),
)


def _accept(grade: Grade) -> Move:
    """Accepting says how hard it is, and starts the day of the answer that goes with it."""
    return Move(
        ACCEPT_MOVES[grade.value], frozenset({RECEIVED}), ACCEPTED, frozenset({Who.HERE}), HANDLERS,
        starts=(ANSWER_TIERS[grade.value],), stops=AT_THE_DOOR,
    )  # fmt: skip


MOVES = (
    # What the door sees at once: danger to life, and a petition by law; neither changes where it stands.
    Move("mark_urgent", frozenset({RECEIVED}), RECEIVED, frozenset({Who.CLOCK, Who.DESK}), HANDLERS,
         starts=("react",), is_told=False),
    Move("mark_petition", frozenset({RECEIVED}), RECEIVED, frozenset({Who.CLOCK}), HANDLERS,
         starts=("notice",), is_told=False),
    *(_accept(grade) for grade in Grade),
    Move("tell_elsewhere", frozenset({RECEIVED}), ANSWERED, frozenset({Who.HERE}), HANDLERS, form="answer",
         reasons=ELSEWHERE_REASONS, starts=("agree",), stops=AT_THE_DOOR),
    Move("take", frozenset({ACCEPTED, REOPENED}), IN_HAND, frozenset({Who.HERE}), HANDLERS,
         takes_in_hand=True),
    Move("put_back", frozenset({IN_HAND}), ACCEPTED, frozenset({Who.HANDLER, Who.ABOVE}), HANDLERS, is_told=False,
         puts_down=True),
    Move("ask_more", frozenset({IN_HAND}), WAITING, frozenset({Who.HANDLER}), HANDLERS, form="words"),
    Move("say_more", frozenset({WAITING}), IN_HAND, frozenset({Who.ASKER}), form="words"),
    Move("heard_more", frozenset({WAITING}), IN_HAND, frozenset({Who.HERE}), HANDLERS, form="words"),
    Move("answer", frozenset({IN_HAND}), ANSWERED, frozenset({Who.HANDLER}), HANDLERS, form="answer",
         starts=("call_back", "agree"), stops=ANSWERS),
    Move("go_along", frozenset({ACCEPTED, IN_HAND, REOPENED}), ALONG, frozenset({Who.HERE}), HANDLERS),
    Move("go_alone", frozenset({ALONG}), ACCEPTED, frozenset({Who.HERE, Who.ASKER, Who.CLOCK}), HANDLERS, reasons=ALONE_REASONS),
    Move("answer_along", frozenset({ALONG}), ANSWERED, frozenset({Who.DESK}), HANDLERS, form="answer",
         starts=("call_back", "agree"), stops=ANSWERS),
    Move("agree", frozenset({ANSWERED}), AGREED, frozenset({Who.ASKER}), stops=("call_back", "agree")),
    Move("disagree", frozenset({ANSWERED}), REOPENED, frozenset({Who.ASKER}), reasons=DISAGREE_REASONS, form="words",
         starts=("again",), stops=("call_back", "agree")),
    # Who has no account of her own is called back, by another than who answered: nobody writes down that her own
    # answer was agreed to.
    Move("heard_agree", frozenset({ANSWERED}), AGREED, frozenset({Who.SECOND}), HANDLERS, stops=("call_back", "agree")),
    Move("heard_disagree", frozenset({ANSWERED}), REOPENED, frozenset({Who.SECOND}), HANDLERS, reasons=DISAGREE_REASONS,
         form="words", starts=("again",), stops=("call_back", "agree")),
    Move("lapse", frozenset({ANSWERED}), LAPSED, frozenset({Who.CLOCK}), stops=("call_back", "agree"),
         when_over="agree"),
    # 本系统默认值: it may turn out later that it was not settled after all.
    Move("reopen", frozenset({AGREED, LAPSED}), REOPENED, frozenset({Who.ASKER}), reasons=DISAGREE_REASONS, form="words",
         starts=("again",)),
    Move("withdraw", UNDER_WAY, WITHDRAWN, frozenset({Who.ASKER}), stops=(*AT_THE_DOOR, *ANSWERS)),
)  # fmt: skip

REQUEST = Workflow(
    kind=KIND,
    version=1,
    start=RECEIVED,
    stages=STAGES,
    moves=MOVES,
    tiers=TIERS,
    starts=("accept",),
    may_rate=frozenset({ANSWERED, AGREED, LAPSED}),
)
