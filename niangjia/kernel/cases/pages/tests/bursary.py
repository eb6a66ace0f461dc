"""A small line of work for the tests (助学申请): asked, looked into, checked by a second person, answered; nothing but declared."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import include, path

from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.rules import Move as Right
from niangjia.kernel.cases.drafts.rules import NEVER, Answers, AtLeast, Field, FieldKind, FormSheet
from niangjia.kernel.cases.kinds import CaseKind, Content
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.pages.declared import Line, OwnWords
from niangjia.kernel.cases.pages.listing import listing_of
from niangjia.kernel.cases.pages.pressing import Pressed, press
from niangjia.kernel.cases.pages.urls import desk_address, own_address, urls_of
from niangjia.kernel.cases.rules import Mode, Move, Pool, Stage, Tier, Who, Workflow
from niangjia.kernel.cases.tests.world import allow
from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.clock.rules import Term, Unit
from niangjia.kernel.listing import Badge

HERE = "niangjia.kernel.cases.pages.tests.bursary"
HANDLERS = frozenset({Role.CADRE, Role.OFFICER})
ANSWER = "answer"
BURSARY = Workflow(
    "bursary",
    1,
    "filed",
    stages=(
        Stage("filed", 0),
        Stage("in_work", 1),
        Stage("waits", 1, pauses="waits_for_papers", waits_for_asker=True),
        Stage("checked", 2, pool=Pool("agree", Mode.ANY)),
        Stage("granted", 3, is_final=True),
        Stage("withdrawn", 3, is_final=True),
    ),
    moves=(
        Move("take", frozenset({"filed"}), "in_work", frozenset({Who.DESK}), HANDLERS, starts=(ANSWER,), takes_in_hand=True),
        Move("ask", frozenset({"in_work"}), "waits", frozenset({Who.HANDLER}), HANDLERS, reasons=("no_proof", "unclear")),
        Move("bring", frozenset({"waits"}), "in_work", frozenset({Who.ASKER}), form="papers"),
        Move("propose", frozenset({"in_work"}), "checked", frozenset({Who.HANDLER}), HANDLERS, form="finding", is_told=False),
        Move("agree", frozenset({"checked"}), "granted", frozenset({Who.SECOND}), HANDLERS, stops=(ANSWER,), is_verdict=True),
        Move("return", frozenset({"checked"}), "in_work", frozenset({Who.SECOND}), HANDLERS, reasons=("thin",), is_verdict=True, is_told=False),
        Move("withdraw", frozenset({"filed", "in_work", "waits"}), "withdrawn", frozenset({Who.ASKER})),
    ),
    tiers=(Tier(ANSWER, Term(Unit.DAYS, 30, source="本系统默认值", is_default=True), may_extend=True),),
    may_rate=frozenset({"granted"}),
)  # fmt: skip
PAPERS = FormSheet(
    "papers",
    gettext_noop("补材料"),
    (
        Field("says", FieldKind.WORDS, gettext_noop("补充说明"), most=200),
        Field("signature", FieldKind.SIGNATURE, gettext_noop("签个名")),
    ),
)
FINDING = FormSheet(
    "finding",
    gettext_noop("核查结果"),
    (
        Field("amount", FieldKind.MONEY, gettext_noop("建议给多少"), least=1, most=1_000_000),
        Field("why", FieldKind.LINE, gettext_noop("为什么超过三千"), shown=AtLeast("amount", 300_001), most=60),
        Field("school", FieldKind.PICK, gettext_noop("哪个工会核的"), picks="unions", picks_for=Right("see_unions", HANDLERS), required=NEVER),
        Field("note", FieldKind.WORDS, gettext_noop("还要说的"), required=NEVER),
    ),
)  # fmt: skip
BURSARY_KIND = CaseKind(
    "bursary",
    "助学申请",
    steps=("提出", "核查", "把关", "办结"),
    stages={"filed": "等人接", "in_work": "在核", "waits": "等补材料", "checked": "等把关", "granted": "给了", "withdrawn": "撤回了"},
    moves={"take": "我来办", "ask": "请补材料", "bring": "补材料", "propose": "报上去", "agree": "同意给", "return": "退回去", "withdraw": "不要了"},
    reasons={"no_proof": "没有在读证明", "unclear": "看不清", "thin": "依据不够", "holiday": "学校放假"},
    tiers={ANSWER: "办完"},
    desk=desk_address,
    own=own_address,
    content=f"{HERE}.content_of",
)  # fmt: skip
DOING, WAIT, DONE = "doing", "wait", "done"
LINE = Line(
    BURSARY,
    BURSARY_KIND,
    title="助学",
    badges={
        "filed": Badge(WAIT, "等人接"),
        "in_work": Badge(DOING, "在核"),
        "waits": Badge("paused", "等补材料"),
        "checked": Badge(WAIT, "等把关"),
        "granted": Badge(DONE, "给了"),
        "withdrawn": Badge("closed", "撤回了"),
    },
    own=OwnWords(
        states={
            "filed": Badge(DOING, "收到了"),
            "in_work": Badge(DOING, "正在核"),
            "waits": Badge(WAIT, "等您补材料"),
            "checked": Badge(DOING, "正在把关"),
            "granted": Badge(DONE, "办成了"),
            "withdrawn": Badge("closed", "您撤回了"),
        },
        where={
            "filed": "在{office}，等人接",
            "in_work": "在{office}，正在核",
            "waits": "等您补材料",
            "checked": "在{office}，另一位在把关",
            "granted": "给了，办结了",
            "withdrawn": "您撤回了",
        },
        next={"filed": "下一步：有人来核", "waits": "下一步：请您补材料"},
        happened={"take": ("有人来核了", "user")},
    ),
    sheets={"papers": PAPERS, "finding": FINDING},
    does=f"{HERE}.done",
    facts=f"{HERE}.facts_of",
    extends={ANSWER: 15},
    extension_reasons=("holiday",),
)


@dataclass
class Kept:
    """The record of this line, which in the tests lies in memory."""

    answers: dict[tuple[int, str], Answers]
    files: list[int]


KEPT = Kept({}, [])


def done(case_id: int, move: str, pressed: Pressed) -> Case:
    """Make the move, and keep what its form says."""
    case = press(case_id, move, pressed)
    KEPT.answers[case_id, move] = pressed.answers
    KEPT.files += [each.pk for each in pressed.files]
    return case


def content_of(case: Case, _actor: Actor) -> Content:
    """What was found out so far."""
    found = KEPT.answers.get((case.pk, "propose"), {})
    return Content((("核查结果", f"{found['amount']} 分"),) if found else ())


def facts_of(_case: Case, _actor: Actor) -> list[tuple[str, Any]]:
    """What is known of it besides."""
    return [("学期", "2026 年秋")]


def names_of(places: Iterable[int]) -> dict[int, str]:
    """Names for places that no register knows."""
    return {place: f"第 {place} 工会" for place in places}


CASES = listing_of(LINE)
urlpatterns = [*urls_of(LINE, listing=CASES), path("", include("niangjia.config.urls"))]


def wired_line(settings: Any) -> None:
    """The line of the tests is wired, and allowed by the database."""
    settings.NIANGJIA_WORKFLOWS = (*settings.NIANGJIA_WORKFLOWS, f"{HERE}.BURSARY")
    settings.NIANGJIA_CASE_KINDS = (*settings.NIANGJIA_CASE_KINDS, f"{HERE}.BURSARY_KIND")
    settings.NIANGJIA_CASE_LINES = (f"{HERE}.LINE",)
    settings.NIANGJIA_LISTINGS = (*settings.NIANGJIA_LISTINGS, f"{HERE}.CASES")
    allow(BURSARY)
    KEPT.answers.clear()
    KEPT.files.clear()
