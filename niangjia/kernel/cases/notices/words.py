"""Public notices in words: states, days, amounts."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.cases.notices.catalogue import kind_of
from niangjia.kernel.cases.notices.models import Publication
from niangjia.kernel.cases.notices.rules import NoticeState, ObjectionState
from niangjia.kernel.listing.declaration import Badge
from niangjia.kernel.web.templatetags.niangjia_parts import money
from niangjia.kernel.web.templatetags.niangjia_web import day

BADGES = {
    NoticeState.RUNNING: Badge("doing", gettext_lazy("正在公示")),
    NoticeState.WAITING: Badge("wait", gettext_lazy("到期，等答复异议")),
    NoticeState.STOPPED: Badge("back", gettext_lazy("异议成立")),
    NoticeState.CLEAR: Badge("done", gettext_lazy("公示完了")),
}
ANSWERS = {
    ObjectionState.OPEN.value: Badge("wait", gettext_lazy("等答复")),
    ObjectionState.UPHELD.value: Badge("done", gettext_lazy("成立")),
    ObjectionState.DISMISSED.value: Badge("refused", gettext_lazy("不成立")),
}


def title_of(notice: Publication) -> str:
    """What a notice is about, by its kind; a kind that is not wired any more says so plainly."""
    try:
        return _(kind_of(notice.kind).title)
    except KeyError:
        return _("公示")


def category_of(notice: Publication) -> str:
    """The category in words."""
    try:
        return _(kind_of(notice.kind).words_of(notice.category))
    except KeyError:
        return ""


def days_of(notice: Publication) -> str:
    """From when to when it hangs."""
    return _("{first}到{last}").format(first=day(notice.begins_on), last=day(notice.ends_on))


def facts_of(notice: Publication) -> list[tuple[str, Any]]:
    """All that is told, and no more."""
    facts: list[tuple[str, Any]] = [
        (_("姓名"), notice.name),
        (_("类别"), category_of(notice)),
        (_("工会"), notice.union_name),
    ]
    if notice.town_name:
        facts.append((_("所在地"), notice.town_name))
    if notice.amount_fen is not None:
        facts.append((_("金额"), _("{amount} 元").format(amount=money(notice.amount_fen))))
    return facts
