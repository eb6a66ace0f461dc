"""Where sealed facts of cards lie: what signs their codes, and the bank card somebody wanted beside hers."""

from niangjia.kernel.sealed.columns import SealedColumn
from niangjia.registers.cards.rules.sealed_columns import SEALED_BANK, SIGNING_SECRET

COLUMNS = (
    SealedColumn("cards.SigningKey", "secret_sealed", SIGNING_SECRET, "secret"),
    SealedColumn("cards.Card", "bank_sealed", SEALED_BANK, "bank"),
)
