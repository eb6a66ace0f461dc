"""The list of phone proposals: whose, by which union and roster, and what she said."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.listing import Button, Picks
from niangjia.kernel.listing.declaration import Badge, BulkAction, Column, Empty, Filter, Listing, Preview
from niangjia.registers.members.phone_changes import queries
from niangjia.registers.members.phone_changes.services import withdraw_many
from niangjia.registers.members.rules.moves import EDIT_MEMBERS
from niangjia.registers.orgs.rules.moves import SEE_UNIONS

Words = str | Promise
BADGES = {
    "open": Badge("wait", _("等本人答复")),
    "taken_over": Badge("done", _("本人换了")),
    "kept": Badge("refused", _("本人没有换")),
    "withdrawn": Badge("closed", _("撤回了")),
}


def badge_of(proposal: Any) -> Badge:
    """How far a proposal has come."""
    return BADGES[queries.state_of(proposal)]


def name_of(proposal: Any) -> Words:
    """Whom it is about, where this actor may know her."""
    return proposal.name or _("一位会员")


def roster_of(proposal: Any) -> Words:
    """The roster that brought it; a hand that changed the record brings none."""
    if proposal.intake_id is None:
        return _("改资料时写的")
    return proposal.intake.file_name if proposal.intake else _("别处的花名册")


def may_see_lost(actor: Actor) -> bool:
    """Whether the actor keeps members anywhere."""
    return bool(actor.paths(EDIT_MEMBERS))


def _preview(rows: Any, _value: str, *, by: Actor) -> Preview:
    """What would be taken back: what she answered, or another union brought, stays."""
    found = [each.pk for each in rows]
    mine = queries.visible_to(by).filter(queries.OPEN, pk__in=found, is_own=True).values_list("pk", flat=True)
    changes = tuple(sorted(mine))
    stay = len(found) - len(changes)
    return Preview(changes=changes, left=((_("有结果了，或者不是您这边提的"), stay),) if stay else ())


def _withdraw(keys: Iterable[int], value: str, *, by: Actor) -> int:
    return withdraw_many(keys, value, by=by)


PHONES = Listing(
    "phones",
    title=_("换手机"),
    visible_to=queries.visible_to,
    columns=(
        Column(_("姓名"), name_of, link=lambda row: reverse("phone_change", args=[row.pk])),
        Column(_("写来的手机"), queries.shown_phone_in, kind="mono"),
        Column(_("哪个工会写的"), "union_name", note=roster_of),
        Column(_("状态"), badge_of),
        Column(_("从什么时候"), "proposed_at", kind="moment"),
        Column(_("答复时间"), "settled_at", kind="moment", wide_only=True),
    ),
    filters=(
        Filter(
            "state", _("状态"), choices=[(code, badge.words) for code, badge in BADGES.items()], apply=queries.in_state
        ),
        Filter("under", _("哪个工会以下"), apply=queries.under_union, picks=Picks("unions", SEE_UNIONS)),
        Filter(
            "by",
            _("怎么来的"),
            choices=[("roster", _("花名册")), ("hand", _("改资料时写的"))],
            apply=lambda rows, by: rows.filter(intake__isnull=by == "hand"),
        ),
    ),
    search=queries.named,
    search_words=_("姓名或工会"),
    order=("-settled_at", "proposed_at", "id"),
    empty=Empty(
        _("没有要换的手机"),
        _("花名册上的手机和本人确认过的不一样时，不会直接改，在这里等本人答复。"),
        icon="device-mobile",
    ),
    buttons=(Button(_("旧手机丢了的"), "/desk/regaining/", icon="device-mobile", allowed=may_see_lost),),
    counted=lambda n: ngettext("%(n)s 件", "%(n)s 件", n) % {"n": f"{n:,}"},
    move=EDIT_MEMBERS,
    actions=(
        BulkAction(
            key="withdraw",
            words=_("撤回"),
            icon="arrow-back-up",
            move=EDIT_MEMBERS,
            asks=_("撤回这些换手机的提议吗"),
            choices=[("yes", _("撤回"))],
            preview=_preview,
            apply=_withdraw,
            consequence=_("本人不用再答复，确认过的手机不变。只能撤回您这边提的、还没有答复的。"),
        ),
    ),
)
