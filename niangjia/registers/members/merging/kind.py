"""A merge as a line of work: its words, what a second person reads of it."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.cases.drafts.rules import Field, FieldKind, FormSheet
from niangjia.kernel.cases.kinds import CaseKind, Content, Words
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.pages.declared import Line, OwnWords
from niangjia.kernel.cases.pages.urls import desk_address, own_address
from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.listing import Badge
from niangjia.kernel.web.templatetags.niangjia_web import moment
from niangjia.registers.members.merging.comparing import lines_of, membership_words
from niangjia.registers.members.merging.logins import accounts_of
from niangjia.registers.members.merging.models import Merge
from niangjia.registers.members.merging.proposing import lasting
from niangjia.registers.members.merging.queries import exclusion_of, persons_of, sentences_of
from niangjia.registers.members.merging.rules import workflow as table
from niangjia.registers.members.merging.rules.deciding import LEFT, NUMBER, RIGHT, MergeReason

HERE = "niangjia.registers.members.merging"
TWO = 2
SIDES: dict[str, Words] = {LEFT: gettext_lazy("甲"), RIGHT: gettext_lazy("乙")}
STAGES: dict[str, Badge] = {
    table.PREPARED: Badge("doing", gettext_lazy("在准备")),
    table.CHECKED: Badge("wait", gettext_lazy("等第二个人核对")),
    table.PAPERS_CHECKED: Badge("wait", gettext_lazy("等第二个人看证明")),
    table.MERGED: Badge("done", gettext_lazy("合并了")),
    table.KEPT_APART: Badge("closed", gettext_lazy("没有合并")),
    table.WITHDRAWN: Badge("closed", gettext_lazy("撤回了")),
}
MOVES: dict[str, Words] = {
    table.PROPOSE: gettext_lazy("提请合并"),
    table.PROPOSE_PAPERS: gettext_lazy("提请合并（证件更正）"),
    table.AGREE: gettext_lazy("同意合并"),
    table.AGREE_PAPERS: gettext_lazy("看过证明，同意合并"),
    table.REFUSE: gettext_lazy("不同意合并"),
    table.WITHDRAW: gettext_lazy("撤回"),
}
REASONS: dict[str, Words] = {
    "two_people": gettext_lazy("是两个人"),
    "not_proved": gettext_lazy("依据不够，请对着证件再核对"),
    "picked_wrongly": gettext_lazy("有的项选错了，请改了再提"),
}
MERGE_REASONS: dict[str, Words] = {
    MergeReason.PAPER_SEEN: gettext_lazy("对着证件看过，是同一个人"),
    MergeReason.ASKED_HER: gettext_lazy("问过本人，是同一个人"),
    MergeReason.ID_CORRECTED: gettext_lazy("证件更正：其中一个号码登记错了，或者换过号码"),
}
MERGING_KIND = CaseKind(
    table.KIND,
    gettext_lazy("合并登记"),
    steps=(gettext_lazy("准备"), gettext_lazy("第二个人核对"), gettext_lazy("合并")),
    stages={name: badge.words for name, badge in STAGES.items()},
    moves=MOVES,
    reasons=REASONS,
    tiers={table.DECIDE: gettext_lazy("核对")},
    desk=desk_address,
    own=own_address,
    icon="users",
    content=f"{HERE}.kind.content_of",
)
PAPERS_SHEET = FormSheet(
    table.PAPERS,
    gettext_noop("看过的证明"),
    (
        Field("says", FieldKind.WORDS, gettext_noop("看过哪些证明，放在哪里"),
              help=gettext_noop("两个号码都通过校验。比如：派出所的公民身份号码更正证明原件，复印件在档案柜第 3 格。"), most=500),
    ),
)  # fmt: skip
LINE = Line(
    table.MERGING,
    MERGING_KIND,
    title=gettext_lazy("合并登记"),
    badges=STAGES,
    own=OwnWords(states=STAGES, where={name: badge.words for name, badge in STAGES.items()}),
    sheets={table.PAPERS: PAPERS_SHEET},
    does=f"{HERE}.carrying.done",
    facts=f"{HERE}.kind.facts_of",
)


def content_of(case: Case, _actor: Actor) -> Content:
    """Both records field by field, masked, with what would be taken from which; then why they look like one."""
    merge = Merge.objects.select_related("pair").filter(pk=case.pk).first()
    if merge is None:
        return Content()
    parts = [*_picked(merge), *_asked(merge)]
    alike = [(_("为什么像"), _("；").join(_(each) for each in sentences_of(merge.pair)))]
    if exclusion_of(merge.pair):
        alike.append((_("为什么没有认作一个人"), _(exclusion_of(merge.pair))))
    return Content((*parts, *alike))


def facts_of(case: Case, _actor: Actor) -> list[tuple[str, Any]]:
    """Why they are one, and whether it was carried out, objected to, or undone."""
    merge = Merge.objects.filter(pk=case.pk).first()
    if merge is None:
        return []
    facts = [(_("认定的依据"), MERGE_REASONS[merge.reason])]
    at = ((_("合并时间"), merge.merged_at), (_("本人不同意"), merge.objected_at), (_("撤销合并"), merge.undone_at))
    return [*facts, *((title, moment(when)) for title, when in at if when is not None)]


def _picked(merge: Merge) -> list[tuple[Words, Words]]:
    """As long as both records are there; afterwards they lie sealed."""
    found = persons_of(merge.pair)
    if len(found) < TWO:
        return []
    lines = lines_of(found[merge.pair.left_id], found[merge.pair.right_id])
    side = merge.picks[NUMBER]
    words = _("甲：{left}；乙：{right}。取{side}")
    same = _("{left}（两份一样）")
    return [
        (each.title, words.format(left=each.left, right=each.right, side=SIDES[merge.picks.get(each.name, side)]))
        if each.differs
        else (each.title, same.format(left=each.left if each.left != "—" else each.right))
        for each in lines
    ]


def _asked(merge: Merge) -> list[tuple[Words, Words]]:
    """Which membership goes on, which login stays."""
    if merge.merged_at is not None:
        return []
    with beyond(Purpose.MERGE):
        held, logins = lasting(merge.pair), accounts_of((merge.kept_id, merge.gone_id))
        words = {each.pk: membership_words(each) for each in held}
    parts: list[tuple[Words, Words]] = []
    if len(words) == TWO:
        parts.append((_("继续的会籍"), words.get(merge.goes_on or 0, "")))
    if len(logins) == TWO:
        parts.append((_("以后用的登录账号"), _("{side}的").format(side=SIDES[merge.signs_in])))
    return parts
