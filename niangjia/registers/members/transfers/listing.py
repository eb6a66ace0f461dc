"""The list of transfers: into one's unions and out of them, with what waits for an answer first."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.listing.declaration import Badge, BulkAction, Column, Empty, Filter, Listing, Preview
from niangjia.kernel.web.todo import due_said
from niangjia.registers.members.rules.moves import SETTLE_TRANSFER
from niangjia.registers.members.transfers import queries
from niangjia.registers.members.transfers.services import accept_many

Words = str | Promise
BADGES = {
    "open": Badge("wait", _("等答复")),
    "above": Badge("wait", _("没有人答复，等上级定")),
    "agreed": Badge("done", _("同意了")),
    "refused": Badge("refused", _("没有同意")),
    "withdrawn": Badge("closed", _("撤回了")),
}


def badge_of(transfer: Any) -> Badge:
    """How far a transfer has come; an open one past its day is late."""
    state = queries.state_of(transfer)
    if state == "open" and queries.last_day_of(transfer) < clock.today():
        return Badge("late", _("该答复了"))
    return BADGES["above" if state == "open" and transfer.went_up_at else state]


def way_of(transfer: Any) -> Words:
    """Which end the actor stands at."""
    if transfer.is_in and transfer.is_out:
        return _("下级之间")
    return _("转入") if transfer.is_in else _("转出")


def name_of(transfer: Any) -> Words:
    """Her name as this end knows it."""
    return transfer.name or _("一位会员")


def leaves_of(transfer: Any) -> Words:
    """The union she is in; of others' unions no name is told."""
    return transfer.leaves or _("别处的工会")


def _due(transfer: Any) -> Words:
    if queries.state_of(transfer) != "open":
        return ""
    return due_said(queries.last_day_of(transfer), on=clock.today())[0]


def _preview(rows: Any, _value: str, *, by: Actor) -> Preview:
    """Who would go over: what is settled, or is not this actor's to answer, stays."""
    found = list(rows)
    mine = set(queries.waiting_for(by).filter(pk__in=[each.pk for each in found]).values_list("pk", flat=True))
    stay = len(found) - len(mine)
    left = ((_("有结果了，或者不归您答复"), stay),) if stay else ()
    return Preview(changes=tuple(sorted(mine)), left=left)


def _accept(keys: Iterable[int], value: str, *, by: Actor) -> int:
    return accept_many(keys, value, by=by)


TRANSFERS = Listing(
    "transfers",
    title=_("转会"),
    visible_to=queries.visible_to,
    columns=(
        Column(_("姓名"), name_of, link=lambda row: reverse("transfer", args=[row.pk])),
        Column(_("从"), leaves_of),
        Column(_("到"), "to_union.name"),
        Column(_("方向"), way_of, wide_only=True),
        Column(_("状态"), badge_of, note=_due),
        Column(_("提出时间"), "proposed_at", kind="moment", wide_only=True),
    ),
    filters=(
        Filter(
            "state", _("状态"), choices=[(code, badge.words) for code, badge in BADGES.items()], apply=queries.in_state
        ),
        Filter("way", _("方向"), choices=[("out", _("转出")), ("in", _("转入"))], apply=queries.one_way),
    ),
    search=queries.named,
    search_words=_("姓名或工会"),
    order=("-settled_at", "proposed_at", "id"),
    empty=Empty(
        _("没有转会"),
        _("花名册里有别的工会的会员，或者登记会员时发现已经在别处入会，就会在这里等对方答复。"),
        icon="arrows-exchange",
    ),
    counted=lambda n: ngettext("%(n)s 件转会", "%(n)s 件转会", n) % {"n": f"{n:,}"},
    move=SETTLE_TRANSFER,
    actions=(
        BulkAction(
            key="accept",
            words=_("同意转会"),
            icon="arrows-exchange",
            move=SETTLE_TRANSFER,
            asks=_("同意让这些会员转走吗"),
            choices=[("yes", _("同意"))],
            preview=_preview,
            apply=_accept,
            consequence=_("他们在这里的会籍到今天为止，从今天起在对方工会；会员证号和入会时间跟着走。"),
        ),
    ),
)
