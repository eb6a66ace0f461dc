"""Setting up a union as a line of work: its words on either face, its forms, what it is about."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.cases.drafts.rules import NEVER, Answers, Field, FieldKind, FormSheet, Is
from niangjia.kernel.cases.kinds import CaseKind, Content, Words
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.pages.declared import Line, OwnWords
from niangjia.kernel.cases.pages.urls import desk_address, own_address
from niangjia.kernel.cases.queries import knows_who
from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.listing import Badge
from niangjia.kernel.web.templatetags.niangjia_web import day
from niangjia.registers.committees.rules.bodies import BodyKind
from niangjia.registers.founding.calling import phone_asked
from niangjia.registers.founding.models import Founding, FoundingApplication
from niangjia.registers.founding.queries import founding_of, members_of, name_in, others_asking
from niangjia.registers.founding.rules import workflow as table
from niangjia.registers.founding.rules.forms import FORM_CHOICES, FORM_TITLES, FOUNDED_FORMS, SIZE_WORDS, Side, Size
from niangjia.registers.orgs.rules.levels import UnionForm

HERE = "niangjia.registers.founding"
STEPS = (gettext_noop("提交"), gettext_noop("上级核查"), gettext_noop("筹建"), gettext_noop("批复"))
STAGES: dict[str, Badge] = {
    table.APPLIED: Badge("wait", gettext_lazy("等核查")),
    table.WAITS: Badge("paused", gettext_lazy("等申请人补")),
    table.PREPARING: Badge("doing", gettext_lazy("筹建中")),
    table.REPORTED: Badge("wait", gettext_lazy("等批复")),
    table.FOUNDED: Badge("done", gettext_lazy("批复成立")),
    table.REFUSED: Badge("closed", gettext_lazy("没有批准")),
    table.WITHDRAWN: Badge("closed", gettext_lazy("申请人撤回了")),
    table.MERGED: Badge("closed", gettext_lazy("并到筹建")),
    table.ABANDONED: Badge("closed", gettext_lazy("不再筹建")),
}
MOVES: dict[str, Words] = {
    table.PREPARE: gettext_lazy("准予筹建"),
    table.ASK: gettext_lazy("请申请人补一点"),
    table.BRING: gettext_lazy("补上"),
    table.REFUSE: gettext_lazy("不批准"),
    table.GIVE_UP: gettext_lazy("不再等，结束"),
    table.WITHDRAW: gettext_lazy("撤回申请"),
    table.REPORT: gettext_lazy("上报选举结果"),
    table.APPROVE: gettext_lazy("批复成立"),
    table.SEND_BACK: gettext_lazy("退回去"),
    table.ABANDON: gettext_lazy("不再筹建"),
    table.MERGE: gettext_lazy("并到筹建"),
}
REASONS: dict[str, Words] = {
    "employer_unclear": gettext_lazy("单位的全称或者地址看不清楚，请再写一遍"),
    "size_unclear": gettext_lazy("请再说一下大约多少人、有没有劳务派遣"),
    "call_us": gettext_lazy("打您的电话没有接，请在方便的时候打工会的电话"),
    "union_there": gettext_lazy("这个单位已经有工会，可以直接申请入会"),
    "elsewhere": gettext_lazy("单位不在我们这个地方，请向单位所在地的工会申请"),
    "no_employer": gettext_lazy("找不到这个单位，或者已经关停"),
    table.NO_ANSWER: gettext_lazy("请申请人补，一直没有补"),
    "result_incomplete": gettext_lazy("选举结果不全，补齐再报"),
    "vote_again": gettext_lazy("选举的程序不对，要另行选举"),
    "candidates_barred": gettext_lazy("当选的人里有不能当选的"),
    "employer_closed": gettext_lazy("单位关停了"),
    "covered_by_other": gettext_lazy("改由别的工会覆盖"),
    "not_enough_will": gettext_lazy("职工现在不愿意建，以后再说"),
}
FOUNDING_KIND = CaseKind(
    table.KIND,
    gettext_lazy("建工会"),
    steps=STEPS,
    stages={name: badge.words for name, badge in STAGES.items()},
    moves=MOVES,
    reasons=REASONS,
    tiers={table.CHECK: gettext_lazy("核查"), table.SET_UP: gettext_lazy("筹建"), table.ANSWER: gettext_lazy("批复")},
    desk=desk_address,
    own=own_address,
    about="founding_application__employer_name",
    icon="flag",
    content=f"{HERE}.kind.content_of",
)
_IS_JOINT = Is("form", UnionForm.JOINT_COMMITTEE.value)
PREPARING_SHEET = FormSheet(
    table.PREPARING_FORM,
    gettext_noop("准予筹建"),
    (
        Field("union_name", FieldKind.LINE, gettext_noop("工会的全称"),
              help=gettext_noop("单位全称加「工会」，联合工会写「……联合工会」。和以后的印章一样。"), most=128),
        Field("form", FieldKind.CHOICE, gettext_noop("组织形式"),
              help=gettext_noop("会员 25 人以上，应当建委员会；不满 25 人，三样选一样（工会法第十一条）。"),
              choices=tuple((each.key, each.title) for each in FORM_CHOICES if each.key in FOUNDED_FORMS)),
        Field("others", FieldKind.WORDS, gettext_noop("一起建的别的单位"), shown=_IS_JOINT, most=800,
              help=gettext_noop("一行一个，写统一社会信用代码或者登记的全称。")),
        Field("group", FieldKind.WORDS, gettext_noop("筹备组"), most=300,
              help=gettext_noop("3 到 5 人，一行一个姓名，第一个是负责人。选举以后就不用了。")),
        Field("employer_name", FieldKind.LINE, gettext_noop("单位全称"), required=NEVER, most=128,
              help=gettext_noop("单位没有登记过的，按营业执照核对以后登记。登记过的不用管。")),
        Field("employer_uscc", FieldKind.LINE, gettext_noop("单位的统一社会信用代码"), required=NEVER, most=24),
        Field("says", FieldKind.LINE, gettext_noop("写给申请人的话"), required=NEVER, most=200),
    ),
)  # fmt: skip
RESULT_SHEET = FormSheet(
    table.RESULT_FORM,
    gettext_noop("选举结果"),
    (
        Field("elected_on", FieldKind.DAY, gettext_noop("哪天选的")),
        Field("by_delegates", FieldKind.YES_NO, gettext_noop("是不是会员代表大会选的"),
              help=gettext_noop("会员不满 100 人的，开会员大会；100 人以上的，可以开会员代表大会。")),
        Field("delegates", FieldKind.NUMBER, gettext_noop("代表一共多少人"), shown=Is("by_delegates", True), least=30, most=500),
        Field("present", FieldKind.NUMBER, gettext_noop("到会多少人"), least=1, most=100_000,
              help=gettext_noop("应到的人由系统数：会员大会是现在的会员。到会要满三分之二。")),
        Field("chair", FieldKind.LINE, gettext_noop("主席（或者组织员）"), most=32),
        Field("chair_votes", FieldKind.NUMBER, gettext_noop("得了多少票"), least=1, most=100_000,
              help=gettext_noop("超过应到人数的一半才当选。")),
        Field("members", FieldKind.WORDS, gettext_noop("委员"), required=NEVER, most=800, help=gettext_noop("一行一个姓名。只选组织员的空着。")),
        Field("audit", FieldKind.WORDS, gettext_noop("经审委员"), most=300,
              help=gettext_noop("会员不满 25 人的一名就行；设委员会的第一个是主任。管钱的人不能当。")),
        Field("women", FieldKind.WORDS, gettext_noop("女职工委员"), required=NEVER, most=300,
              help=gettext_noop("女会员 10 人以上，设女职工委员会，第一个是主任；不满 10 人，一名委员。")),
        Field("no_relatives", FieldKind.YES_NO, gettext_noop("当选的人里没有单位主要负责人的近亲属")),
        Field("no_heads", FieldKind.YES_NO, gettext_noop("主席不是单位的行政正副职、合伙人、人事负责人，也不是外籍")),
    ),
)  # fmt: skip
APPROVAL_SHEET = FormSheet(
    table.APPROVAL_FORM,
    gettext_noop("批复"),
    (
        Field("document_no", FieldKind.LINE, gettext_noop("批复文号"), most=64, help=gettext_noop("没有文号，工会不能算成立。")),
        Field("approved_on", FieldKind.DAY, gettext_noop("批复落款的日子")),
        Field("years", FieldKind.CHOICE, gettext_noop("一届几年"), choices=(("3", gettext_noop("三年")), ("5", gettext_noop("五年"))),
              help=gettext_noop("基层工会三年或者五年（工会法第十六条），从选举那天算。")),
        Field("says", FieldKind.LINE, gettext_noop("写给申请人的话"), required=NEVER, most=200),
    ),
)  # fmt: skip
MORE_SHEET = FormSheet(
    table.MORE,
    gettext_noop("补一点"),
    (Field("says", FieldKind.WORDS, gettext_noop("要说明的"), most=500),),
)
_GOES_ON = gettext_lazy("不同意这个结果？点「说一件事」请上一级工会看；补齐了，也可以再申请")
LINE = Line(
    table.FOUNDING,
    FOUNDING_KIND,
    title=gettext_lazy("建工会"),
    badges=STAGES,
    own=OwnWords(
        states={
            table.APPLIED: Badge("doing", gettext_lazy("工会在核查")),
            table.WAITS: Badge("wait", gettext_lazy("等您补一点")),
            table.PREPARING: Badge("doing", gettext_lazy("筹建中，可以入会")),
            table.REPORTED: Badge("doing", gettext_lazy("选举完了，等批复")),
            table.FOUNDED: Badge("done", gettext_lazy("工会成立了")),
            table.REFUSED: Badge("closed", gettext_lazy("没有批准")),
            table.WITHDRAWN: Badge("closed", gettext_lazy("您撤回了")),
            table.MERGED: Badge("done", gettext_lazy("已经在筹建")),
            table.ABANDONED: Badge("closed", gettext_lazy("筹建停了")),
        },
        where={
            table.APPLIED: gettext_lazy("在{office}，等人核查单位的情况"),
            table.WAITS: gettext_lazy("{office}请您补一点，时间停着不算"),
            table.PREPARING: gettext_lazy("{office}准予筹建，正在收会员、准备选举"),
            table.REPORTED: gettext_lazy("选举结果报到了{office}，等批复"),
            table.FOUNDED: gettext_lazy("{office}批复，工会成立了"),
            table.REFUSED: gettext_lazy("{office}没有批准"),
            table.WITHDRAWN: gettext_lazy("您撤回了，随时可以再申请"),
            table.MERGED: gettext_lazy("{office}已经在给这个单位筹建工会"),
            table.ABANDONED: gettext_lazy("{office}不再筹建"),
        },
        next={
            table.APPLIED: gettext_lazy("下一步：工会核查单位，准予筹建，或者告诉您为什么不行"),
            table.WAITS: gettext_lazy("下一步：请您补上，工会接着办"),
            table.PREPARING: gettext_lazy("下一步：请同事一起入会，人到齐了开会选举"),
            table.REPORTED: gettext_lazy("下一步：上一级工会批复，工会就成立了"),
            table.REFUSED: _GOES_ON,
            table.ABANDONED: _GOES_ON,
        },
        happened={
            "open": (gettext_lazy("您提交了申请"), "send"),
            table.PREPARE: (gettext_lazy("工会准予筹建"), "flag"),
            table.REPORT: (gettext_lazy("开会选举了，结果报上去了"), "users"),
            table.SEND_BACK: (gettext_lazy("选举结果退回去了"), "arrow-back-up"),
            table.APPROVE: (gettext_lazy("上一级工会批复了"), "certificate"),
            table.ASK: (gettext_lazy("工会请您补一点"), "message"),
            table.BRING: (gettext_lazy("您补上了"), "send"),
            table.MERGE: (gettext_lazy("这个单位的工会在筹建了，一起办"), "arrows-exchange"),
        },
    ),
    sheets={
        table.PREPARING_FORM: PREPARING_SHEET,
        table.RESULT_FORM: RESULT_SHEET,
        table.APPROVAL_FORM: APPROVAL_SHEET,
        table.MORE: MORE_SHEET,
    },
    does=f"{HERE}.deciding.done",
    stored=f"{HERE}.kind.stored_of",
    facts=f"{HERE}.kind.facts_of",
    extends={table.SET_UP: 90},
    extension_reasons=("not_enough_will",),
)
SIDE_WORDS: dict[str, Words] = {Side.WORKER.value: gettext_lazy("职工"), Side.EMPLOYER.value: gettext_lazy("单位")}
BODY_WORDS: dict[str, Words] = {
    BodyKind.COMMITTEE.value: gettext_lazy("委员会"),
    BodyKind.AUDIT.value: gettext_lazy("经审"),
    BodyKind.WOMEN.value: gettext_lazy("女职工"),
}


def stored_of(case: Case, move: str) -> Answers:
    """What a form need not ask again: the employer as written, the usual name of its union, the form that was asked for."""
    application = FoundingApplication.objects.filter(pk=case.pk).select_related("employer").first()
    if application is None or move != table.PREPARE:
        return {}
    name = application.employer_name
    return {
        "union_name": f"{name}工会",
        "form": application.form if application.form in FOUNDED_FORMS else None,
        "employer_name": name,
        "employer_uscc": application.employer_uscc,
    }


def content_of(case: Case, actor: Actor) -> Content:
    """What was asked, and how far the union is; who asked is told to the desk that handles it, and to herself."""
    application = FoundingApplication.objects.filter(pk=case.pk).first()
    if application is None:
        return Content()
    parts: list[tuple[Words, Words]] = [
        (_("单位"), application.employer_name),
        (_("大约多少人"), _(SIZE_WORDS[Size(application.size)])),
        (_("想建哪一种"), _(FORM_TITLES[application.form])),
    ]
    is_hers = actor.subject_id == application.subject_id
    if is_hers:
        parts += _about_herself(application)
    elif knows_who(actor, case):
        parts += _about_asker(application)
    founding = _founding(case)
    if founding is not None:
        parts += _about_union(founding)
    if not is_hers:
        parts += _about_desk(case, application, founding)
    return Content(tuple(parts))


def facts_of(case: Case, actor: Actor) -> list[tuple[str, Any]]:
    """Where who asked is reached, and how far the union is, in days and documents."""
    facts: list[tuple[str, Any]] = [(_("申请人的手机"), phone_asked(case, actor))]
    founding = _founding(case)
    if founding is None:
        return facts
    facts += [(_("筹建的工会"), founding.union.name), (_("准予筹建"), day(founding.prepared_on))]
    if founding.elected_on is not None:
        facts.append((_("选举"), day(founding.elected_on)))
    if founding.approved_on is not None:
        facts += [(_("批复文号"), founding.document_no), (_("批复"), day(founding.approved_on))]
    return facts


def _founding(case: Case) -> Founding | None:
    """The union in preparation, also for who asked: it has its own page for everybody."""
    with beyond(Purpose.CASES):
        return founding_of(case.pk)


def _about_herself(application: FoundingApplication) -> list[tuple[Words, Words]]:
    if application.side == Side.EMPLOYER.value:
        return []
    words = _("可以告诉单位是您申请的。") if application.is_named else _("不告诉单位是谁申请的。")
    return [(_("单位知不知道"), words)]


def _about_asker(application: FoundingApplication) -> list[tuple[Words, Words]]:
    """Who asked, for calling back; what is gone is said."""
    who: tuple[Words, Words] = (_("申请的一方"), SIDE_WORDS[application.side])
    if application.erased_at is not None:
        return [who, (_("申请人"), _("资料到期删除了。"))]
    parts: list[tuple[Words, Words]] = [who, (_("申请人"), name_in(application))]
    if application.side == Side.WORKER.value and not application.is_named and application.settled_at is None:
        parts.append(
            (_("要保密"), _("职工不愿意让单位知道是谁申请的。和单位联系时，只说是工会按《工会法》第十二条来帮助建会。"))
        )
    return parts


def _about_union(founding: Founding) -> list[tuple[Words, Words]]:
    with beyond(Purpose.CASES):
        number = members_of(founding)
    words = _("{name}，现在有会员 {number} 人。入会的页面：/join/{code}/").format(
        name=founding.union.name, number=number, code=founding.union.code
    )
    return [(_("筹建的工会"), words)]


def _about_desk(case: Case, application: FoundingApplication, founding: Founding | None) -> list[tuple[Words, Words]]:
    """What the desk looks at besides: who else asked for the same, who prepares, whom the meeting elected."""
    if founding is None:
        others = others_asking(case, application.employer_id, application.employer_name).count()
        words = _("同一个单位还有 {number} 件申请。准予筹建以后，会一起告诉他们。").format(number=others)
        return [(_("还有谁"), words)] if others else []
    parts: list[tuple[Words, Words]] = []
    group = list(founding.group.order_by("-is_head", "pk").values_list("name", flat=True))
    if group:
        parts.append((_("筹备组"), "、".join(group)))
    if founding.elected_on is not None:
        counted = _("应到 {entitled} 人，到会 {present} 人，主席（组织员）得 {votes} 票").format(
            entitled=founding.entitled, present=founding.present, votes=founding.chair_votes
        )
        parts += [(_("选举"), counted), *_seats(founding)]
    return parts


def _seats(founding: Founding) -> list[tuple[Words, Words]]:
    named: dict[str, list[str]] = {}
    rows = founding.reported.order_by("pk").values_list("body", "person__name")
    for body, name in rows:
        named.setdefault(body, []).append(name)
    seats: list[tuple[Words, Words]] = [(BODY_WORDS.get(body, body), "、".join(names)) for body, names in named.items()]
    return seats
