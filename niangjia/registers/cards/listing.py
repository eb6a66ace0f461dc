"""The list of member cards: every member the actor keeps, with her card or without one."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.listing import Picks
from niangjia.kernel.listing.declaration import Badge, Button, Column, Empty, Filter, Listing
from niangjia.registers.cards import queries
from niangjia.registers.cards.printing import ACTIONS
from niangjia.registers.cards.rules.moves import CHECK_CARDS, KEEP_CARDS
from niangjia.registers.cards.rules.numbers import grouped
from niangjia.registers.cards.rules.states import CardState
from niangjia.registers.members.queries import PersonRows, matching, of_union
from niangjia.registers.orgs.rules.moves import SEE_UNIONS

Words = str | Promise
STATE_BADGES = {
    CardState.IN_USE.value: Badge("done", _("在用")),
    CardState.FROZEN.value: Badge("paused", _("停用")),
    CardState.LOST.value: Badge("closed", _("作废")),
}
NO_CARD = Badge("quiet", _("没有卡"))


def badge_of(person: Any) -> Badge:
    """How the card of a member is."""
    return STATE_BADGES[person.card["state"]] if person.card else NO_CARD


def number_of_card(person: Any) -> Words:
    """The number in groups of four."""
    return grouped(person.card["number"]) if person.card else ""


def printed(person: Any) -> Words:
    """Whether there is a card on paper."""
    return _("印过") if person.card and person.card["print_no"] else ""


def _scoped(narrow: Callable[[PersonRows, str], PersonRows]) -> Callable[[QuerySet[Any], str], QuerySet[Any]]:
    """A narrowing that asks about the actor's own subtrees alone."""

    def narrowed(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not isinstance(rows, PersonRows):
            raise TypeError(rows)
        return narrow(rows, value)

    return narrowed


def may_check(actor: Actor) -> bool:
    """Whether the actor may check cards."""
    return bool(actor.paths(CHECK_CARDS))


CARDS = Listing(
    "cards",
    title=_("会员卡"),
    visible_to=queries.holders,
    columns=(
        Column(_("姓名"), "name", link=lambda row: reverse("card", args=[row.pk]), sort=("name_sort",)),
        Column(_("卡号"), number_of_card, kind="mono"),
        Column(_("所属工会"), "shown_union"),
        Column(_("印的卡"), printed, wide_only=True),
        Column(_("状态"), badge_of),
    ),
    filters=(
        Filter("under", _("哪个工会以下"), apply=_scoped(of_union), picks=Picks("unions", SEE_UNIONS)),
        Filter(
            "state",
            _("状态"),
            choices=[
                (queries.NO_CARD, NO_CARD.words),
                (CardState.IN_USE.value, STATE_BADGES[CardState.IN_USE.value].words),
                (CardState.FROZEN.value, STATE_BADGES[CardState.FROZEN.value].words),
                (queries.PRINTED, _("印过")),
            ],
            apply=queries.in_state,
        ),
    ),
    search=_scoped(matching),
    search_words=_("姓名、拼音或尾号"),
    order=("name_sort", "subject"),
    empty=Empty(_("还没有会员"), _("登记了会员，就可以在这里给他们发卡、印卡。"), icon="id"),
    buttons=(
        Button(_("印好的卡"), "/cards/prints/", icon="printer"),
        Button(_("验卡"), "/cards/check/", icon="check", main=True, allowed=may_check),
    ),
    counted=lambda n: ngettext("%(n)s 人", "%(n)s 人", n) % {"n": f"{n:,}"},
    move=KEEP_CARDS,
    actions=ACTIONS,
    by_place_alone=True,
)
