"""Transfers on the first page: what waits for this end's answer, one thing for each union that asks."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.web.todo import MOST, ToDo, WaitsFor
from niangjia.registers.members.rules.moves import SETTLE_TRANSFER
from niangjia.registers.members.transfers.listing import leaves_of, name_of
from niangjia.registers.members.transfers.queries import last_day_of, sent_up_to, waiting_for

TRANSFERS = "/members/transfers/"


def things_to_do(actor: Actor, _on: date) -> list[ToDo]:
    """Members whom other unions ask for; many for one union are one thing, with the soonest last day."""
    if not actor.paths(SETTLE_TRANSFER):
        return []
    by_union: dict[int, list[Any]] = defaultdict(list)
    to_decide = sent_up_to(actor).order_by("answer_by", "id")[:MOST]
    silent = {transfer.pk for transfer in to_decide}
    for transfer in waiting_for(actor).order_by("proposed_at", "id")[:MOST]:
        if transfer.pk not in silent:
            by_union[transfer.to_union_id].append(transfer)
    return [*map(_unanswered, to_decide), *map(_thing, by_union.values())]


def _unanswered(transfer: Any) -> ToDo:
    """What the other end left unanswered: the union above both decides."""
    return ToDo(
        kind="transfer",
        icon="arrows-exchange",
        title=_("{name}要转到「{union}」，没有人答复").format(name=name_of(transfer), union=transfer.to_union.name),
        note=(_("从{union}").format(union=leaves_of(transfer)), _("您是两边共同的上级，请您定")),
        address=f"{TRANSFERS}{transfer.pk}/",
        verb=gettext_lazy("去定"),
        due=last_day_of(transfer),
        waits_for=WaitsFor.SECOND,
    )


def _thing(found: list[Any]) -> ToDo:
    """The transfers to one union, soonest first."""
    first, union = found[0], found[0].to_union.name
    if len(found) == 1:
        title, address = (
            _("{name}要转到「{union}」").format(name=name_of(first), union=union),
            f"{TRANSFERS}{first.pk}/",
        )
    else:
        words = ngettext("%(n)s 人要转到「%(union)s」", "%(n)s 人要转到「%(union)s」", len(found))
        title = words % {"n": f"{len(found):,}", "union": union}
        address = f"{TRANSFERS}?{urlencode({'q': union, 'state': 'open', 'way': 'out'})}"
    leaves = list(dict.fromkeys(str(leaves_of(each)) for each in found))
    return ToDo(
        kind="transfer",
        icon="arrows-exchange",
        title=title,
        note=(
            _("从{union}").format(union=leaves[0]) if len(leaves) == 1 else _("从几个工会"),
            _("对方已提出，等这边答复"),
        ),
        address=address,
        verb=gettext_lazy("去答复"),
        due=last_day_of(first),
        waits_for=WaitsFor.SECOND,
    )
