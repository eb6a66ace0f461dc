"""Under which names sealed facts of cards rest: written once."""

SIGNING_SECRET = "cards_signingkey.secret_sealed"  # noqa: S105 - where it lies, not what it is
SEALED_BANK = "cards_card.bank_sealed"
# Purpose of the keyed value behind the six digits of a card.
TYPED = "card-typed"
