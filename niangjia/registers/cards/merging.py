"""What merging two records of one person does with their cards."""

from niangjia.registers.cards.models import Card
from niangjia.registers.cards.rules.states import LIVE, CardState, HeldBy
from niangjia.registers.members.merging.declared import Does, Part
from niangjia.registers.members.merging.ledger import Ledger
from niangjia.registers.members.merging.models import Merge

TABLE = "cards_card"


def merge_cards(ledger: Ledger, merge: Merge) -> None:
    """Both cards are hers; where both are good, the one of the record that goes is put out of use (一人一卡)."""
    live = [state.value for state in LIVE]
    has_good = Card.objects.filter(person=merge.kept_id, state__in=live).exists()
    for card in Card.objects.filter(person=merge.gone_id).order_by("pk"):
        if has_good and card.state in live:
            ledger.change(TABLE, card.pk, {"state": CardState.LOST.value, "held_by": HeldBy.NOBODY.value})
        ledger.change(TABLE, card.pk, {"person_id": merge.kept_id})


PARTS = (
    Part("cards.Card", "person_id", Does.BY_SERVICE, "one good card for one person", service=f"{__name__}.merge_cards"),
    Part("cards.CardCheck", "person_id", Does.MOVES, "she was checked"),
)
