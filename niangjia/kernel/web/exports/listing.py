"""The list of exports: one's own, and those of others that one decides on."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.exports import queries
from niangjia.kernel.exports.declaration import source_named
from niangjia.kernel.exports.models import ExportRequest
from niangjia.kernel.exports.rules import SEE_EXPORTS, State
from niangjia.kernel.exports.words import PURPOSE_WORDS, STATE_WORDS
from niangjia.kernel.listing import Badge, Column, Empty, Filter, Listing

Words = str | Promise
FORMS = {
    State.ASKED: "wait",
    State.APPROVED: "doing",
    State.MAKING: "doing",
    State.READY: "done",
    State.REFUSED: "refused",
    State.WITHDRAWN: "closed",
    State.EXPIRED: "closed",
    State.VOID: "refused",
}


def badge(request: ExportRequest) -> Badge:
    """How far a request has come, as everywhere."""
    return Badge(FORMS[State(request.state)], STATE_WORDS[request.state])


def title_of(request: ExportRequest) -> Words:
    """What the list is called."""
    source = source_named(request.source)
    return request.source if source is None else source.title


def who_asked(request: ExportRequest) -> Words:
    """Who asked; operators act at the command line."""
    return request.account.name if request.account is not None else _("运维人员")


def _mine_or_not(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(is_mine=value == "mine")


def _visible_to(actor: Actor) -> QuerySet[ExportRequest]:
    return queries.with_whose(queries.visible_to(actor), actor)


EXPORTS = Listing(
    "exports",
    title=pgettext_lazy("名单", "导出"),
    visible_to=_visible_to,
    columns=(
        Column(_("编号"), "number", kind="mono", link=lambda request: reverse("export", args=[request.pk])),
        Column(_("名单"), title_of),
        Column(_("状态"), badge),
        Column(_("行数"), "rows_asked", kind="number"),
        Column(_("用途"), lambda request: PURPOSE_WORDS[request.purpose], wide_only=True),
        Column(_("申请人"), who_asked),
        Column(_("时间"), "asked_at", kind="moment"),
    ),
    filters=(
        Filter(
            "whose", _("谁申请的"), choices=[("mine", _("我申请的")), ("others", _("别人申请的"))], apply=_mine_or_not
        ),
        Filter("state", _("状态"), choices=STATE_WORDS.items(), apply="state"),
    ),
    order=("-id",),
    empty=Empty(
        _("还没有导出过名单"),
        _("在会员、组织、单位的名单上先筛出要的，再点「导出」。"),
        icon="file-download",
    ),
    counted=lambda n: ngettext("%(n)s 次导出", "%(n)s 次导出", n) % {"n": f"{n:,}"},
    move=SEE_EXPORTS,
)
