"""An application to join as a line of work: its words on either face, its forms, what it is about."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.drafts.rules import NEVER, Field, FieldKind, FormSheet
from niangjia.kernel.cases.kinds import CaseKind, Content, Words
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.pages.declared import Line, OwnWords
from niangjia.kernel.cases.pages.urls import desk_address, own_address
from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.listing import Badge
from niangjia.kernel.people.masks import masked_number, masked_phone
from niangjia.kernel.web.templatetags.niangjia_web import day
from niangjia.registers.members.joining import looking
from niangjia.registers.members.joining.models import Application
from niangjia.registers.members.joining.queries import number_in, phone_in
from niangjia.registers.members.joining.rules import workflow as table
from niangjia.registers.members.joining.rules.trades import BY_KEY
from niangjia.registers.members.rules import IdNumber, age_on, check_id_number
from niangjia.registers.members.words import SEX_WORDS

HERE = "niangjia.registers.members.joining"
STEPS = (gettext_noop("提交"), gettext_noop("工会审批"), gettext_noop("答复"))
STAGES: dict[str, Badge] = {
    table.APPLIED: Badge("wait", gettext_lazy("等审批")),
    table.WAITS: Badge("paused", gettext_lazy("等本人补")),
    table.AGREED: Badge("doing", gettext_lazy("同意了，在登记")),
    table.JOINED: Badge("done", gettext_lazy("入会了")),
    table.TRANSFERRING: Badge("closed", gettext_lazy("转成了转会")),
    table.REFUSED: Badge("closed", gettext_lazy("没有批准")),
    table.WITHDRAWN: Badge("closed", gettext_lazy("本人撤回了")),
}
MOVES: dict[str, Words] = {
    table.APPROVE: gettext_lazy("批准入会"),
    table.ASK: gettext_lazy("请本人补一点"),
    table.BRING: gettext_lazy("补上"),
    table.REFUSE: gettext_lazy("不批准"),
    table.GIVE_UP: gettext_lazy("不再等，结束"),
    table.WITHDRAW: gettext_lazy("撤回申请"),
    table.ENROL: gettext_lazy("登记为会员"),
    table.TO_TRANSFER: gettext_lazy("转成转会"),
}
REASONS: dict[str, Words] = {
    "name_unlike_paper": gettext_lazy("姓名和身份证对不上，请写身份证上的姓名"),
    "work_unclear": gettext_lazy("请说明在哪里上班、做什么"),
    "comes_with_paper": gettext_lazy("请带身份证到工会核对一次"),
    "not_by_wages": gettext_lazy("不是以工资收入为主要生活来源的劳动者（工会法第三条）"),
    "works_elsewhere": gettext_lazy("不在这个工会的范围里上班，请向上班那里的工会申请"),
    "member_already": gettext_lazy("已经是会员，不用再申请"),
    "not_the_person": gettext_lazy("核对过证件，不是本人"),
    table.NO_ANSWER: gettext_lazy("请本人补，一直没有补"),
}
JOINING_KIND = CaseKind(
    table.KIND,
    gettext_lazy("入会申请"),
    steps=STEPS,
    stages={name: badge.words for name, badge in STAGES.items()},
    moves=MOVES,
    reasons=REASONS,
    tiers={table.DECIDE: gettext_lazy("审批")},
    desk=desk_address,
    own=own_address,
    about="application__name",
    icon="user-plus",
    content=f"{HERE}.kind.content_of",
)
COMMITTEE_SHEET = FormSheet(
    table.COMMITTEE,
    gettext_noop("委员会的决定"),
    (
        Field("decided_on", FieldKind.DAY, gettext_noop("工会委员会哪天同意的"),
              help=gettext_noop("工会小组讨论、委员会审批，是《中国工会章程》的规定；写开会同意的那一天。"), required=NEVER),
        Field("says", FieldKind.LINE, gettext_noop("写给本人的话"), required=NEVER, most=200),
    ),
)  # fmt: skip
MORE_SHEET = FormSheet(
    table.MORE,
    gettext_noop("补一点"),
    (
        Field("name", FieldKind.LINE, gettext_noop("身份证上的姓名"), help=gettext_noop("前面写对了的，空着。"), required=NEVER, most=64),
        Field("says", FieldKind.WORDS, gettext_noop("要说明的"), required=NEVER, most=500),
    ),
)  # fmt: skip
LINE = Line(
    table.JOINING,
    JOINING_KIND,
    title=gettext_lazy("入会申请"),
    badges=STAGES,
    own=OwnWords(
        states={
            table.APPLIED: Badge("doing", gettext_lazy("工会在审批")),
            table.WAITS: Badge("wait", gettext_lazy("等您补一点")),
            table.AGREED: Badge("doing", gettext_lazy("同意了，在登记")),
            table.JOINED: Badge("done", gettext_lazy("您入会了")),
            table.TRANSFERRING: Badge("closed", gettext_lazy("转成了转会")),
            table.REFUSED: Badge("closed", gettext_lazy("没有批准")),
            table.WITHDRAWN: Badge("closed", gettext_lazy("您撤回了")),
        },
        where={
            table.APPLIED: gettext_lazy("在{office}，等工会委员会审批"),
            table.WAITS: gettext_lazy("{office}请您补一点，时间停着不算"),
            table.AGREED: gettext_lazy("{office}同意了，正在登记"),
            table.JOINED: gettext_lazy("您是{office}的会员了"),
            table.TRANSFERRING: gettext_lazy("{office}同意收您，等您原来的工会答复转会"),
            table.REFUSED: gettext_lazy("{office}没有批准"),
            table.WITHDRAWN: gettext_lazy("您撤回了，随时可以再申请"),
        },
        next={
            table.APPLIED: gettext_lazy("下一步：工会核对证件，批准或者告诉您为什么不批准"),
            table.WAITS: gettext_lazy("下一步：请您补上，工会接着办"),
            table.TRANSFERRING: gettext_lazy("一个人只有一份会籍。转会有了结果，会发消息给您"),
            table.REFUSED: gettext_lazy("不同意这个结果？点「说一件事」请上一级工会看；补齐了，也可以再申请"),
        },
        happened={
            "open": (gettext_lazy("您提交了申请"), "send"),
            table.APPROVE: (gettext_lazy("工会同意了"), "circle-check"),
            table.ENROL: (gettext_lazy("登记为会员"), "certificate"),
            table.TO_TRANSFER: (gettext_lazy("您在别的工会有会籍，转成了转会"), "arrows-exchange"),
            table.ASK: (gettext_lazy("工会请您补一点"), "message"),
            table.BRING: (gettext_lazy("您补上了"), "send"),
        },
    ),
    sheets={table.COMMITTEE: COMMITTEE_SHEET, table.MORE: MORE_SHEET},
    does=f"{HERE}.approving.done",
    facts=f"{HERE}.kind.facts_of",
)


def content_of(case: Case, actor: Actor) -> Content:
    """What she wrote of herself; numbers are masked on either face."""
    application = Application.objects.filter(pk=case.pk).first()
    if application is None:
        return Content()
    if application.erased_at is not None:
        return Content(((_("申请人"), _("没有结果的申请，资料到期删除了。")),))
    read = check_id_number(number_in(application))
    parts: list[tuple[Words, Words]] = [
        (_("姓名"), application.name),
        (_("证件号码"), masked_number(number_in(application))),
    ]
    if isinstance(read, IdNumber):
        age = age_on(read.birth_on, clock.today())
        parts.append((_("性别、年龄"), _("{sex}，{age} 岁").format(sex=SEX_WORDS[read.sex], age=age)))
    parts.append((_("手机"), _("{phone}（用验证码验过）").format(phone=masked_phone(phone_in(application)))))
    if application.trade:
        parts.append((_("做什么工作"), _(BY_KEY[application.trade].title)))
    if not _is_hers(application, actor):
        parts += looking.found_of(application, actor)
    return Content(tuple(parts))


def facts_of(case: Case, _actor: Actor) -> list[tuple[str, Any]]:
    """Which union she wants to join, and when its committee agreed."""
    application = Application.objects.filter(pk=case.pk).select_related("union").first()
    if application is None:
        return []
    facts: list[tuple[str, Any]] = [(_("申请加入"), application.union.name)]
    if application.decided_on is not None:
        facts.append((_("委员会同意"), day(application.decided_on)))
    return facts


def _is_hers(application: Application, actor: Actor) -> bool:
    return actor.subject_id is not None and actor.subject_id == application.subject_id
