"""Print cards for members who have no phone (批量印卡): chosen in the list, printed as a sheet."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.journal.services import record
from niangjia.kernel.listing.declaration import BulkAction, Preview
from niangjia.registers.cards.models import Card, PrintBatch
from niangjia.registers.cards.queries import good_cards, holders
from niangjia.registers.cards.rules.moves import KEEP_CARDS
from niangjia.registers.cards.rules.states import CardState
from niangjia.registers.cards.services import issue_cards
from niangjia.registers.members.models import Membership
from niangjia.registers.members.queries import FULL

ISSUE, PRINT = "issue", "print"


def preview_issue(rows: Any, _value: str, *, by: Actor) -> Preview:
    """Who would get a card: members the actor keeps who have none."""
    found = list(rows.order_by().values_list("pk", flat=True))
    kept = set(holders(by).filter(pk__in=found).values_list("pk", flat=True))
    have = set(good_cards(by, found).values_list("person", flat=True))
    changes = tuple(pk for pk in found if pk in kept - have)
    left = ((_("已经有卡了"), len(kept & have)), (_("现在不是这里会籍正常的会员"), len(found) - len(kept)))
    return Preview(changes, tuple((why, number) for why, number in left if number))


def preview_print(rows: Any, _value: str, *, by: Actor) -> Preview:
    """Whose card would be printed: also of who has none yet; a frozen one is not printed."""
    found = list(rows.order_by().values_list("pk", flat=True))
    kept = set(holders(by).filter(pk__in=found).values_list("pk", flat=True))
    cards = good_cards(by, found)
    frozen = set(cards.filter(state=CardState.FROZEN.value).values_list("person", flat=True))
    again = cards.filter(state=CardState.IN_USE.value, print_no__gt=0).count()
    changes = tuple(pk for pk in found if pk in kept - frozen)
    left = ((_("卡停着"), len(frozen & kept)), (_("现在不是这里会籍正常的会员"), len(found) - len(kept)))
    words = (_("其中有 {n} 张以前印过，旧的那张马上作废。").format(n=again),) if again else ()
    return Preview(changes, tuple((why, number) for why, number in left if number), words)


def issue_many(person_ids: Iterable[int], _value: str, *, by: Actor) -> int:
    """Cards for many members at once."""
    return issue_cards(person_ids, by=by)


@transaction.atomic
def print_cards(person_ids: Iterable[int], _value: str, *, by: Actor) -> int:
    """Put the cards of these members into today's batch of their union (印卡); each older print is dead at once."""
    wanted = list(person_ids)
    issue_cards(wanted, by=by)
    held = good_cards(by, wanted).filter(state=CardState.IN_USE.value)
    cards = {card.person_id: card for card in Card.objects.filter(pk__in=held.values("pk")).select_for_update()}
    present = Membership.objects.filter(person__in=cards, period__upper_inf=True, state__in=FULL)
    by_union: dict[tuple[str, int], list[Card]] = defaultdict(list)
    for person_id, city, union_id in present.order_by("person").values_list("person", "city", "union"):
        by_union[city, union_id].append(cards[person_id])
    for place, found in by_union.items():
        batch = _batch(place, by=by)
        keys = [card.pk for card in found]
        Card.objects.filter(pk__in=keys).update(print_no=F("print_no") + 1, batch=batch)
        for card in found:
            record("print_card", by=by, thing="card", thing_id=card.pk, place=place)
    return len(cards)


def _batch(place: tuple[str, int], *, by: Actor) -> PrintBatch:
    """What this person prints for one union on one day is one batch."""
    city, place_id = place
    account = Account.objects.get(pk=by.account_id) if by.account_id is not None else None
    batch, _is_new = PrintBatch.objects.get_or_create(
        account=account, place_id=place_id, printed_on=clock.today(), defaults={"city": city}
    )
    return batch


ACTIONS = (
    BulkAction(
        ISSUE, _("发卡"), "id", KEEP_CARDS, asks=_("给这些会员发卡吗"), choices=[("yes", _("发卡"))],
        preview=preview_issue, apply=issue_many,
        consequence=_("每人一个卡号，一直不变。本人打开手机就能用；不用手机的，再给他印一张。"),
    ),
    BulkAction(
        PRINT, _("印卡"), "printer", KEEP_CARDS, asks=_("给这些会员印卡吗"), choices=[("yes", _("印卡"))],
        preview=preview_print, apply=print_cards,
        consequence=_("还没有卡的先发卡。印好的样张在「印好的卡」里，可以打印；以前印的那张马上作废。"),
    ),
)  # fmt: skip
