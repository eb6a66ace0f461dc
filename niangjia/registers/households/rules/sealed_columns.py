"""Under which names the sealed facts of a household rest."""

SEALED_ADDRESS = "households_household.address_sealed"
SEALED_ID = "households_kin.id_sealed"
