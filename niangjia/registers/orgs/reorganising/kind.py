"""A reorganisation as a line of work: its words, its form, what it is about and what follows from it."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.drafts.rules import Field, FieldKind, FormSheet
from niangjia.kernel.cases.kinds import CaseKind, Content, Words
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.pages.declared import Line, OwnWords
from niangjia.kernel.cases.pages.urls import desk_address, own_address
from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.listing import Badge
from niangjia.kernel.web.reasons import in_words
from niangjia.kernel.web.templatetags.niangjia_web import day
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.reorganising.models import Reorganisation
from niangjia.registers.orgs.reorganising.queries import Wish, faults_of, report_on, wish_of, with_unions
from niangjia.registers.orgs.reorganising.rules import workflow as table
from niangjia.registers.orgs.reorganising.rules.plans import Operation

HERE = "niangjia.registers.orgs.reorganising"
OPERATIONS: dict[Operation, Words] = {
    Operation.MERGE: gettext_lazy("合并"),
    Operation.MOVE: gettext_lazy("划转"),
    Operation.SPLIT: gettext_lazy("分立"),
    Operation.DISSOLVE: gettext_lazy("撤销"),
}
STAGES: dict[str, Badge] = {
    table.PLANNED: Badge("quiet", gettext_lazy("在拟方案")),
    table.ASKED: Badge("wait", gettext_lazy("等批准")),
    table.APPROVED: Badge("doing", gettext_lazy("批准了，等到那天")),
    table.DONE: Badge("done", gettext_lazy("调整好了")),
    table.REFUSED: Badge("closed", gettext_lazy("没有批准")),
    table.DROPPED: Badge("closed", gettext_lazy("不办了")),
}
COUNTED = {
    "unions": lambda n: ngettext("%(n)s 个工会换了上级", "%(n)s 个工会换了上级", n),
    "second_parents": lambda n: ngettext("%(n)s 个工会换了第二上级", "%(n)s 个工会换了第二上级", n),
    "members": lambda n: ngettext("%(n)s 名会员的会籍接了过去", "%(n)s 名会员的会籍接了过去", n),
    "retained": lambda n: ngettext("%(n)s 名会员由上级保留会籍", "%(n)s 名会员由上级保留会籍", n),
    "applications": lambda n: ngettext("%(n)s 件入会申请接着办", "%(n)s 件入会申请接着办", n),
    "transfers": lambda n: ngettext("%(n)s 件转会提议接着办", "%(n)s 件转会提议接着办", n),
    "employers": lambda n: ngettext("%(n)s 家单位换了工会", "%(n)s 家单位换了工会", n),
    "employers_of_territory": lambda n: ngettext("%(n)s 家单位换了属地", "%(n)s 家单位换了属地", n),
    "parks": lambda n: ngettext("%(n)s 个园区换了管的工会", "%(n)s 个园区换了管的工会", n),
    "leads": lambda n: ngettext("%(n)s 个认不出的单位名转了过去", "%(n)s 个认不出的单位名转了过去", n),
    "away_unions": lambda n: ngettext("%(n)s 个驻外工会换了输出地工会", "%(n)s 个驻外工会换了输出地工会", n),
    "terms": lambda n: ngettext("%(n)s 届委员会到此为止", "%(n)s 届委员会到此为止", n),
    "legal_persons": lambda n: ngettext("%(n)s 个法人资格要在 30 天内注销", "%(n)s 个法人资格要在 30 天内注销", n),
    "cases": lambda n: ngettext("%(n)s 件没办结的事转了过去", "%(n)s 件没办结的事转了过去", n),
    "rights": lambda n: ngettext("%(n)s 个权限收回", "%(n)s 个权限收回", n),
    "closed": lambda n: ngettext("%(n)s 个工会撤销", "%(n)s 个工会撤销", n),
}


def sentence_of(wish: Wish) -> str:
    """What is to be done, in one sentence."""
    sources = _("、").join(_("「{name}」").format(name=each.name) for each in wish.sources)
    into = wish.into.name if wish.into else wish.name
    said = {
        Operation.MERGE: _("{sources}并入「{into}」") if wish.into else _("{sources}合并，成立「{into}」"),
        Operation.MOVE: _("{sources}划到「{into}」下面"),
        Operation.SPLIT: _("从{sources}分出「{into}」"),
        Operation.DISSOLVE: _("撤销{sources}"),
    }[wish.operation]
    return said.format(sources=sources, into=into)


def _title_of(case: Case) -> Words:
    """What is to be done; only its kind where it is not written down, or not met."""
    try:
        return sentence_of(wish_of(case.reorganisation))
    except Reorganisation.DoesNotExist:
        return _("组织调整")


REORGANISING_KIND = CaseKind(
    table.KIND,
    gettext_lazy("组织调整"),
    steps=(gettext_noop("拟方案"), gettext_noop("上级批准"), gettext_noop("等到那天"), gettext_noop("调整")),
    stages={name: badge.words for name, badge in STAGES.items()},
    moves={
        table.SUBMIT: gettext_lazy("报批"),
        table.APPROVE: gettext_lazy("批准调整"),
        table.SEND_BACK: gettext_lazy("退回去改"),
        table.REFUSE: gettext_lazy("不批准"),
        table.DROP: gettext_lazy("不办了"),
        table.CALL_OFF: gettext_lazy("撤下来"),
        table.CARRY_OUT: gettext_lazy("调整"),
    },
    reasons={
        "plan_unclear": gettext_lazy("方案没有写清楚"),
        "members_not_heard": gettext_lazy("还没有听会员的意见"),
        "papers_missing": gettext_lazy("缺请示或者会议记录"),
        "not_needed": gettext_lazy("没有必要调整"),
        "against_the_rules": gettext_lazy("不合工会法、工会章程的规定"),
        "no_longer_needed": gettext_lazy("情况变了，不用调整了"),
        "planned_wrongly": gettext_lazy("方案拟错了，另拟一件"),
    },
    tiers={table.DECIDE: gettext_lazy("上级批准")},
    desk=desk_address,
    own=own_address,
    title=_title_of,
    icon="sitemap",
    content=f"{HERE}.kind.content_of",
    has_own_today=True,
)
DOCUMENT_SHEET = FormSheet(
    table.DOCUMENT,
    gettext_noop("批复"),
    (
        Field("document", FieldKind.LINE, gettext_noop("批复文号"), help=gettext_noop("写文件上的文号，比如「安工发〔2026〕15号」。没有文号不能调整。"), most=64),
    ),
)  # fmt: skip
LINE = Line(
    table.REORGANISING,
    REORGANISING_KIND,
    title=gettext_lazy("组织调整"),
    badges=STAGES,
    # Nobody asks for it for herself: it has a desk alone.
    own=OwnWords(
        states=STAGES,
        where={name: gettext_lazy("在{office}") for name in STAGES},
    ),
    sheets={table.DOCUMENT: DOCUMENT_SHEET},
    does=f"{HERE}.services.done",
    facts=f"{HERE}.kind.facts_of",
)


def content_of(case: Case, _actor: Actor) -> Content:
    """What is to be done; before it is done what would follow and what stands in the way, afterwards what came of it."""
    kept = with_unions(Reorganisation.objects.filter(pk=case.pk)).first()
    if kept is None:
        return Content()
    wish = wish_of(kept)
    what = (_("要做什么"), _("{day}起，{what}。").format(day=day(kept.planned_on), what=sentence_of(wish)))
    if kept.carried_at is not None:
        return Content((what, (_("做了什么"), _lines(effects_said(kept)))))
    if case.stage not in table.OPEN_STAGES:
        return Content((what,))
    today = clock.today() if case.stage == table.PLANNED else min(kept.planned_on, clock.today())
    reasons = [in_words(each) for each in faults_of(wish, today=today, but=kept.pk).values()]
    effects = [] if reasons else report_on(wish)
    against = [*reasons, *(str(each.words) for each in effects if each.blocks)]
    follows = [str(each.words) for each in effects if not each.blocks]
    parts = [what]
    if against:
        parts.append((_("现在办不成，因为"), _lines(against)))
    if follows:
        parts.append((_("试运行：会跟着变的"), _lines(follows)))
    return Content(tuple(parts))


def facts_of(case: Case, _actor: Actor) -> list[tuple[str, Any]]:
    """Kind, day, document, what came of it, and the way back."""
    kept = Reorganisation.objects.select_related("made").filter(pk=case.pk).first()
    if kept is None:
        return []
    facts: list[tuple[str, Any]] = [
        (_("方式"), OPERATIONS[Operation(kept.operation)]),
        (_("从哪天起"), day(kept.planned_on)),
        (_("批复文号"), kept.document),
    ]
    if kept.carried_on is None:
        return facts
    members = kept.effects.get("members", 0) + kept.effects.get("retained", 0)
    if kept.carried_on != kept.planned_on:
        facts.append((_("实际从哪天起"), day(kept.carried_on)))
    if members:
        facts.append((_("告诉了会员"), _("{told} / {members}").format(told=f"{kept.told:,}", members=f"{members:,}")))
    if kept.made is not None:
        facts.append((_("新工会"), _link(kept.made.name, reverse("union", args=[kept.made.code]))))
    back = way_back(kept)
    if back:
        facts.append((_("办错了"), _link(_("办一件反过来的"), back)))
    return facts


def effects_said(kept: Reorganisation) -> list[str]:
    """What was done, with numbers."""
    found = [(COUNTED[name](number), number) for name, number in kept.effects.items() if name in COUNTED and number]
    return [words % {"n": f"{number:,}"} for words, number in found]


def way_back(kept: Reorganisation) -> str:
    """The form of the operation that would undo this one, filled in; nothing where it cannot be undone by one."""
    wish = wish_of(kept)
    source = wish.sources[0]
    if wish.operation is Operation.SPLIT and kept.made is not None:
        return _form(kept.made, Operation.MERGE, {"into": source.code})
    if wish.operation is Operation.MERGE:
        taking = kept.made or wish.into
        return _form(taking, Operation.SPLIT, {"name": source.name}) if taking else ""
    if wish.operation is Operation.MOVE:
        former = _parent_before(kept, source)
        return _form(source, Operation.MOVE, {"into": former.code}) if former else ""
    return ""


def _parent_before(kept: Reorganisation, source: Union) -> Union | None:
    """Under which union it stood on the day before."""
    stood = source.place.standings.filter(since__lt=kept.carried_on).order_by("since").last()
    return Union.objects.filter(pk=stood.parent_id).first() if stood and stood.parent_id else None


def _form(union: Union, operation: Operation, given: dict[str, str]) -> str:
    return f"{reverse('reorganise_as', args=[union.code, operation.value])}?{urlencode(given)}"


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines)


def _link(words: str, address: str) -> str:
    return format_html('<a href="{}">{}</a>', address, words)
