"""Leaves and proposed exits as lines of work: their words on either face, their forms, what they are about."""

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
from niangjia.registers.members.leaving.models import ExitProposal, Leaving
from niangjia.registers.members.leaving.rules import workflow as table
from niangjia.registers.members.leaving.sheets import EXIT_SHEETS, LEAVING_SHEETS
from niangjia.registers.members.leaving.sources import asks_of, words_of
from niangjia.registers.members.queries import visible_to

HERE = "niangjia.registers.members.leaving"
LEAVING_STAGES: dict[str, Badge] = {
    table.ASKED: Badge("wait", gettext_lazy("等工会确认")),
    table.LEFT: Badge("closed", gettext_lazy("退会了")),
    table.WITHDRAWN: Badge("closed", gettext_lazy("本人撤回了")),
    table.MOOT: Badge("closed", gettext_lazy("不用办了")),
}
EXIT_STAGES: dict[str, Badge] = {
    table.TOLD: Badge("paused", gettext_lazy("等本人答复")),
    table.HEARD: Badge("wait", gettext_lazy("本人说还在，等决定")),
    table.SILENT: Badge("wait", gettext_lazy("本人没有答复，等决定")),
    table.KEPT: Badge("done", gettext_lazy("会籍不变")),
    table.RETAINED: Badge("closed", gettext_lazy("保留会籍")),
    table.AUTO_LEFT: Badge("closed", gettext_lazy("自动退会")),
    table.EXPELLED: Badge("closed", gettext_lazy("开除会籍")),
}


def _words(stages: dict[str, Badge]) -> dict[str, Words]:
    return {name: badge.words for name, badge in stages.items()}


LEAVING_CASES = CaseKind(
    table.LEAVING_KIND,
    gettext_lazy("退会"),
    steps=(gettext_noop("提出"), gettext_noop("工会确认"), gettext_noop("办结")),
    stages=_words(LEAVING_STAGES),
    moves={
        table.CONFIRM: gettext_lazy("确认退会"),
        table.WITHDRAW: gettext_lazy("不退了"),
        table.DROP: gettext_lazy("不用办了"),
    },
    reasons={"gone_over": gettext_lazy("会籍已经转到别的工会"), "has_died": gettext_lazy("本人已经去世")},
    tiers={table.CONFIRM_TIER: gettext_lazy("确认")},
    desk=desk_address,
    own=own_address,
    icon="logout",
    content=f"{HERE}.kind.leaving_content",
)
EXIT_CASES = CaseKind(
    table.EXIT_KIND,
    gettext_lazy("提请退会、保留会籍"),
    steps=(gettext_noop("告诉本人"), gettext_noop("工会决定"), gettext_noop("办结")),
    stages=_words(EXIT_STAGES),
    moves={
        table.STAY: gettext_lazy("我还在"),
        table.LAPSE: gettext_lazy("过了答复的时间"),
        table.KEEP: gettext_lazy("会籍不变"),
        table.RETAIN: gettext_lazy("保留会籍"),
        table.AUTO_LEAVE: gettext_lazy("按自动退会处理"),
        table.EXPEL: gettext_lazy("开除会籍"),
    },
    reasons={
        "still_works": gettext_lazy("还在这里上班"),
        "good_reason": gettext_lazy("有正当理由"),
        "not_asked_enough": gettext_lazy("提醒、教育得不够，以后再说"),
        "mistaken": gettext_lazy("弄错了"),
    },
    tiers={table.ANSWER_TIER: gettext_lazy("本人答复"), table.DECIDE_TIER: gettext_lazy("决定")},
    desk=desk_address,
    own=own_address,
    icon="user-minus",
    content=f"{HERE}.kind.exit_content",
)
LEAVING_LINE = Line(
    table.LEAVING,
    LEAVING_CASES,
    title=gettext_lazy("退会"),
    badges=LEAVING_STAGES,
    own=OwnWords(
        states={
            table.ASKED: Badge("doing", gettext_lazy("等工会确认")),
            table.LEFT: Badge("closed", gettext_lazy("您退会了")),
            table.WITHDRAWN: Badge("closed", gettext_lazy("您不退了")),
            table.MOOT: Badge("closed", gettext_lazy("不用办了")),
        },
        where={
            table.ASKED: gettext_lazy("在{office}，等确认。确认以前您还是会员"),
            table.LEFT: gettext_lazy("您不再是{office}的会员"),
            table.WITHDRAWN: gettext_lazy("您撤回了，会籍没有变"),
            table.MOOT: gettext_lazy("会籍已经不在{office}了"),
        },
        next={
            table.ASKED: gettext_lazy("下一步：工会确认。退会是您的自由，工会可以问问为什么，不能不同意"),
            table.LEFT: gettext_lazy("想回来，随时可以再申请入会，还是原来那一份登记"),
        },
        happened={
            "open": (gettext_lazy("您提出退会"), "send"),
            table.CONFIRM: (gettext_lazy("工会确认了"), "circle-check"),
        },
    ),
    sheets=LEAVING_SHEETS,
    does=f"{HERE}.asking.leaving_done",
    facts=f"{HERE}.kind.leaving_facts",
)
EXIT_LINE = Line(
    table.EXIT,
    EXIT_CASES,
    title=gettext_lazy("提请退会、保留会籍"),
    badges=EXIT_STAGES,
    own=OwnWords(
        states={
            table.TOLD: Badge("wait", gettext_lazy("等您说一声")),
            table.HEARD: Badge("doing", gettext_lazy("您说还在，等工会看过")),
            table.SILENT: Badge("wait", gettext_lazy("还可以说一声")),
            table.KEPT: Badge("done", gettext_lazy("会籍没有变")),
            table.RETAINED: Badge("closed", gettext_lazy("会籍保留着")),
            table.AUTO_LEFT: Badge("closed", gettext_lazy("按自动退会办了")),
            table.EXPELLED: Badge("closed", gettext_lazy("开除了会籍")),
        },
        where={
            table.TOLD: gettext_lazy("{office}问您还在不在。您的会籍现在没有变"),
            table.HEARD: gettext_lazy("您说还在。{office}看过以后告诉您，会籍现在没有变"),
            table.SILENT: gettext_lazy("过了答复的时间，{office}要决定了。现在点「我还在」也算数"),
            table.KEPT: gettext_lazy("{office}看过了，您的会籍没有变"),
            table.RETAINED: gettext_lazy("您的会籍保留着，不用交会费"),
            table.AUTO_LEFT: gettext_lazy("{office}按自动退会办了"),
            table.EXPELLED: gettext_lazy("{office}决定开除会籍"),
        },
        next={
            table.TOLD: gettext_lazy("还在的，点一下「我还在」就行。没有人会自动把您退掉，一定由人来决定"),
            table.SILENT: gettext_lazy("还在的，点一下「我还在」"),
            table.RETAINED: gettext_lazy("再上班了，告诉新单位的工会，会籍转过去，会龄接着算"),
            table.AUTO_LEFT: gettext_lazy("不同意，点「觉得办得不对」请上一级工会看；想回来，可以再申请入会"),
            table.EXPELLED: gettext_lazy("不同意，点「觉得办得不对」请上一级工会看"),
        },
        happened={
            "open": (gettext_lazy("工会问您还在不在"), "message"),
            table.STAY: (gettext_lazy("您说还在"), "send"),
        },
        tiers={table.TOLD: (table.ANSWER_TIER,), table.HEARD: (table.DECIDE_TIER,), table.SILENT: (table.DECIDE_TIER,)},
    ),
    sheets=EXIT_SHEETS,
    does=f"{HERE}.exits.exit_done",
    facts=f"{HERE}.kind.exit_facts",
)


def leaving_content(case: Case, actor: Actor) -> Content:
    """Who wants to leave, and what that means."""
    row = Leaving.objects.filter(pk=case.pk).select_related("person").first()
    if row is None:
        return Content()
    means = _("会籍到确认那天为止，会费不用再交，会员卡不能用了。登记留着，以后可以再入会。")
    return Content((*_who(row, actor), (_("退会以后"), means)))


def exit_content(case: Case, actor: Actor) -> Content:
    """Who is meant, why it is asked, and what stands in the way of deciding."""
    row = ExitProposal.objects.filter(pk=case.pk).select_related("person").first()
    if row is None:
        return Content()
    if actor.subject_id == row.person_id:
        return Content(((_("为什么问您"), asks_of(row.source)),))
    rule = _(
        "等本人答复，过了时间才可以决定；提出的人不能自己决定；什么都不会自动办。《中国工会章程》第七条、《工会会员会籍管理办法》。"
    )
    return Content((*_who(row, actor), (_("怎么提出的"), words_of(row.source)), (_("规矩"), rule)))


def leaving_facts(case: Case, _actor: Actor) -> list[tuple[str, Any]]:
    """Of which union, and since when she is no member."""
    row = Leaving.objects.filter(pk=case.pk).select_related("union").first()
    if row is None:
        return []
    return [(_("工会"), row.union.name), (_("退会日期"), day(row.left_on) if row.left_on else "")]


def exit_facts(case: Case, _actor: Actor) -> list[tuple[str, Any]]:
    """Of which union, from which source, and by which decision."""
    row = ExitProposal.objects.filter(pk=case.pk).select_related("union").first()
    if row is None:
        return []
    facts: list[tuple[str, Any]] = [(_("工会"), row.union.name)]
    if row.decided_on is not None:
        facts.append((_("委员会决定"), day(row.decided_on)))
    return [*facts, (_("文号"), row.document_number)] if row.document_number else facts


def _who(row: Leaving | ExitProposal, actor: Actor) -> list[tuple[Words, Words]]:
    """The member by name, for who may see her; herself she need not be told."""
    if actor.subject_id == row.person_id or not visible_to(actor).filter(pk=row.person_id).exists():
        return []
    return [(_("会员"), row.person.name), (_("工作单位"), row.person.workplace or _("没有登记"))]
