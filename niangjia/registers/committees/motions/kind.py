"""Extensions and recalls as lines of work: their words, their forms, what they are about."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.kinds import CaseKind, Content, Words
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.pages.declared import Line, OwnWords
from niangjia.kernel.cases.pages.urls import desk_address, own_address
from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.listing import Badge
from niangjia.kernel.web.templatetags.niangjia_web import day
from niangjia.registers.committees.elections.rules.voting import needed
from niangjia.registers.committees.motions.models import Extension, Recall
from niangjia.registers.committees.motions.rules import workflow as table
from niangjia.registers.committees.motions.sheets import EXTENSION_SHEETS, RECALL_SHEETS
from niangjia.registers.committees.queries import people_of
from niangjia.registers.committees.words import post_words

HERE = "niangjia.registers.committees.motions"
EXTENSION_STAGES: dict[str, Badge] = {
    table.WRITING: Badge("doing", gettext_lazy("还没有报")),
    table.ASKED: Badge("wait", gettext_lazy("等上一级批复")),
    table.GRANTED: Badge("done", gettext_lazy("延期批了")),
    table.REFUSED: Badge("closed", gettext_lazy("没有批")),
    table.WITHDRAWN: Badge("closed", gettext_lazy("撤回了")),
}
RECALL_STAGES: dict[str, Badge] = {
    table.WRITING: Badge("doing", gettext_lazy("还没有写明")),
    table.MOVED: Badge("doing", gettext_lazy("等开会表决")),
    table.VOTED: Badge("doing", gettext_lazy("在计票")),
    table.RECALLED: Badge("done", gettext_lazy("罢免通过")),
    table.KEPT: Badge("closed", gettext_lazy("罢免没有通过")),
    table.DROPPED: Badge("closed", gettext_lazy("没有办下去")),
}


def _words(stages: dict[str, Badge]) -> dict[str, Words]:
    return {name: badge.words for name, badge in stages.items()}


EXTENSION_CASES = CaseKind(
    table.EXTENSION_KIND,
    gettext_lazy("延期换届"),
    steps=(gettext_noop("写申请"), gettext_noop("上级批复"), gettext_noop("办结")),
    stages=_words(EXTENSION_STAGES),
    moves={
        table.ASK: gettext_lazy("报上一级工会"),
        table.GRANT: gettext_lazy("同意延期"),
        table.REFUSE: gettext_lazy("不同意"),
        table.WITHDRAW: gettext_lazy("撤回"),
    },
    reasons={
        "hold_it_now": gettext_lazy("条件具备，请按期换届"),
        "no_reason": gettext_lazy("没有写清楚为什么"),
        "extended_before": gettext_lazy("已经延过了"),
        "not_needed": gettext_lazy("不用延了"),
    },
    desk=desk_address,
    own=own_address,
    about="extension__union__name",
    icon="clock",
    content=f"{HERE}.kind.extension_content",
)
RECALL_CASES = CaseKind(
    table.RECALL_KIND,
    gettext_lazy("罢免"),
    steps=(gettext_noop("提出"), gettext_noop("表决"), gettext_noop("结果")),
    stages=_words(RECALL_STAGES),
    moves={
        table.PROPOSE: gettext_lazy("提出罢免"),
        table.VOTE: gettext_lazy("记表决结果"),
        table.CARRY: gettext_lazy("通过"),
        table.FAIL: gettext_lazy("没有通过"),
        table.DROP: gettext_lazy("不办了"),
    },
    reasons={"taken_back": gettext_lazy("提的人收回了"), "left_already": gettext_lazy("本人已经离任")},
    desk=desk_address,
    own=own_address,
    about="recall__union__name",
    icon="circle-minus",
    content=f"{HERE}.kind.recall_content",
)
# Nobody asks for either as herself: they are the union's own matters, and stand at desks alone.
EXTENSION_LINE = Line(
    table.EXTENSION,
    EXTENSION_CASES,
    title=gettext_lazy("延期换届"),
    badges=EXTENSION_STAGES,
    own=OwnWords(states=EXTENSION_STAGES, where=_words(EXTENSION_STAGES)),
    sheets=EXTENSION_SHEETS,
    does=f"{HERE}.moving.extension_done",
    facts=f"{HERE}.kind.extension_facts",
)
RECALL_LINE = Line(
    table.RECALL,
    RECALL_CASES,
    title=gettext_lazy("罢免"),
    badges=RECALL_STAGES,
    own=OwnWords(states=RECALL_STAGES, where=_words(RECALL_STAGES)),
    sheets=RECALL_SHEETS,
    does=f"{HERE}.moving.recall_done",
    facts=f"{HERE}.kind.recall_facts",
)


def extension_content(case: Case, _actor: Actor) -> Content:
    """Until when the term runs, and until when it shall."""
    row = Extension.objects.filter(pk=case.pk).select_related("term").first()
    if row is None:
        return Content()
    parts: list[tuple[Words, Words]] = [
        (_("本届"), _("第 {n} 届，到 {day} 期满").format(n=row.term.number, day=day(row.term.ends_on)))
    ]
    if row.until is not None:
        parts.append((_("申请延到"), day(row.until)))
    return Content(tuple(parts))


def recall_content(case: Case, _actor: Actor) -> Content:
    """Whom it is about, and what the vote came to."""
    row = Recall.objects.filter(pk=case.pk).select_related("seat__person", "seat__body", "union__place").first()
    if row is None or row.seat is None:
        return Content()
    parts: list[tuple[Words, Words]] = [
        (_("罢免"), f"{row.seat.person.name}　{post_words(row.seat.body.kind, row.seat.post)}")
    ]
    entitled = row.entitled if row.entitled is not None else people_of(row.union).members
    words = _("全体 {entitled} 人，赞成至少 {needed} 票才通过（《工会法》第十八条：超过全体的半数）。")
    parts.append((_("要几票"), words.format(entitled=entitled, needed=needed(entitled))))
    if row.present is not None:
        parts.append(
            (_("结果"), _("实到 {present} 人，赞成 {votes} 票。").format(present=row.present, votes=row.votes))
        )
    return Content(tuple(parts))


def extension_facts(case: Case, _actor: Actor) -> list[tuple[str, Any]]:
    """Of which union, and by which document."""
    row = Extension.objects.filter(pk=case.pk).select_related("union").first()
    return [(_("哪个工会"), row.union.name), (_("批复文号"), row.document_number)] if row else []


def recall_facts(case: Case, _actor: Actor) -> list[tuple[str, Any]]:
    """Of which union, and when it voted."""
    row = Recall.objects.filter(pk=case.pk).select_related("union").first()
    if row is None:
        return []
    return [(_("哪个工会"), row.union.name), (_("表决日期"), day(row.meeting_on) if row.meeting_on else "")]
