"""Under which name the new phone of a case rests."""

SEALED_NEW_PHONE = "regaining_regaining.phone_sealed"
