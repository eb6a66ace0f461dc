"""Walls around cards and their checks.

A card is met by its holder and by who keeps her union's members now. A check is met by her and by whoever made it: where
somebody goes is not her union's to know. What a check has to know of a card, the program asks by itself.
"""

from niangjia.kernel.acting.walls import ACCOUNT, Sight, Wall, stands_in
from niangjia.registers.cards.rules.moves import KEEP_CARDS
from niangjia.registers.members.walls import kept, mine

HERS_OR_KEPT = f"{mine('person_id')} OR {kept('cards_card.person_id')}"
BATCH_HERE = stands_in("cards_printbatch.place_id", KEEP_CARDS.roles)
WALLS = (
    Wall("cards_card", reads=HERS_OR_KEPT, adds=HERS_OR_KEPT, changes=HERS_OR_KEPT),
    Wall("cards_printbatch", reads=BATCH_HERE, adds=BATCH_HERE),
    Wall("cards_cardcheck", reads=f"{mine('person_id')} OR account_id = {ACCOUNT}"),
    Sight(
        "journal_entry",
        "trail_of_cards",
        "thing = 'card' AND verb IN ('issue_card', 'freeze_card', 'unfreeze_card', 'replace_card', 'print_card', 'keep_bank_card')"
        f" AND {stands_in('journal_entry.place_id', KEEP_CARDS.roles)}",
    ),
)
