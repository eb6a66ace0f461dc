"""Workflows for the tests of the engine: a request with every kind of move, and one of a single step."""

from datetime import timedelta

from niangjia.kernel.access.rules import Role
from niangjia.kernel.cases.kinds import CaseKind
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.rules import Mode, Move, Pool, Stage, Tier, Who, Workflow
from niangjia.kernel.clock.rules import Term, Unit

ANSWER, ACCEPT, AGREE = "answer", "accept_in_time", "agree_in_time"
AT_DESK = frozenset({Who.DESK})
IN_HAND = frozenset({Who.HANDLER})
ASKS = frozenset({Who.ASKER})
SECOND = frozenset({Who.SECOND})
HIGHER = frozenset({Role.CADRE, Role.OFFICER})

TRIAL = Workflow(
    "trial",
    1,
    "filed",
    stages=(
        Stage("filed", 0),
        Stage("in_work", 1),
        Stage("waits", 1, pauses="waits_for_papers", waits_for_asker=True),
        Stage("checked", 2, pool=Pool("agree", Mode.ANY)),
        Stage("answered", 3, waits_for_asker=True),
        Stage("done", 4, is_final=True),
        Stage("withdrawn", 4, is_final=True),
    ),
    moves=(
        Move(
            "take",
            frozenset({"filed"}),
            "in_work",
            AT_DESK,
            HIGHER,
            starts=(ANSWER,),
            stops=(ACCEPT,),
            takes_in_hand=True,
        ),
        Move("ask_papers", frozenset({"in_work"}), "waits", IN_HAND, reasons=("no_form", "unclear")),
        Move("bring_papers", frozenset({"waits"}), "in_work", ASKS, form="papers"),
        Move("propose", frozenset({"in_work"}), "checked", IN_HAND, form="answer", is_told=False),
        Move(
            "agree",
            frozenset({"checked"}),
            "answered",
            SECOND,
            HIGHER,
            starts=(AGREE,),
            stops=(ANSWER,),
            is_verdict=True,
        ),
        Move(
            "return",
            frozenset({"checked"}),
            "in_work",
            SECOND,
            HIGHER,
            reasons=("thin",),
            is_verdict=True,
            is_told=False,
        ),
        Move("accept_answer", frozenset({"answered"}), "done", ASKS),
        Move("appeal", frozenset({"answered"}), "in_work", ASKS, reasons=("not_answered",), starts=(ANSWER,)),
        Move("reopen", frozenset({"done"}), "in_work", ASKS, starts=(ANSWER,)),
        Move("withdraw", frozenset({"filed", "in_work", "waits"}), "withdrawn", ASKS),
        Move("overrule", frozenset({"answered"}), "in_work", frozenset({Who.ABOVE}), starts=(ANSWER,)),
        Move("let_lapse", frozenset({"answered"}), "done", frozenset({Who.CLOCK}), when_over=AGREE),
    ),
    tiers=(
        Tier(ACCEPT, Term(Unit.WORKING_DAYS, 5, source="本系统默认值", is_default=True)),
        Tier(ANSWER, Term(Unit.DAYS, 60, source="《信访工作条例》第三十四条"), may_extend=True, remind_before=(5, 1)),
        Tier(AGREE, Term(Unit.HOURS, 72, source="本系统默认值", is_default=True)),
    ),
    starts=(ACCEPT,),
    may_rate=frozenset({"done"}),
)
MONTH = timedelta(days=30)


def pooled(mode: Mode, number: int = 1) -> Workflow:
    """A table in which several decide."""
    return Workflow(
        f"pool_{mode.value}",
        1,
        "asked",
        stages=(
            Stage("asked", 0),
            Stage("decided", 1, pool=Pool("grant", mode, number)),
            Stage("granted", 2, is_final=True),
            Stage("refused", 2, is_final=True),
        ),
        moves=(
            Move("bring", frozenset({"asked"}), "decided", AT_DESK),
            Move("grant", frozenset({"decided"}), "granted", SECOND, is_verdict=True),
            Move("refuse", frozenset({"decided"}), "refused", SECOND, reasons=("not_entitled",), is_verdict=True),
        ),
    )


POOL_ANY, POOL_ALL, POOL_N = pooled(Mode.ANY), pooled(Mode.ALL), pooled(Mode.N, 2)
FLOWS = (TRIAL, POOL_ANY, POOL_ALL, POOL_N)


def _address(case: Case) -> str:
    return f"/trial/{case.pk}/"


def _own_address(case: Case) -> str:
    return f"/my/trial/{case.pk}/"


TRIAL_KIND = CaseKind(
    "trial",
    "试办",
    steps=("提出", "办理", "把关", "答复", "办结"),
    stages={
        "filed": "已提出",
        "in_work": "在办",
        "waits": "等补材料",
        "checked": "等把关",
        "answered": "已答复",
        "done": "办结",
        "withdrawn": "撤回了",
    },
    moves={move.name: move.name for move in TRIAL.moves},
    reasons={"no_form": "缺表", "unclear": "写得不清楚", "thin": "依据不足", "not_answered": "没有答到点上"},
    tiers={ANSWER: "答复", ACCEPT: "受理", AGREE: "表态"},
    desk=_address,
    own=_own_address,
)
