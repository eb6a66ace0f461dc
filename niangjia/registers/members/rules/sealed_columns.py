"""Under which names a member's sealed facts rest and are found: written once, for a page, a roster and the demo alike."""

# The additional data of a sealed field is one of these with the row's key behind it.
SEALED_ID = "members_person.id_sealed"
SEALED_PHONE = "members_person.phone_sealed"

# Purposes of the blind indexes.
REAL_NAME = "real-name"
PHONE = "phone"


def real_name(id_kind: str, number: str) -> str:
    """What makes somebody one person for life (实名): kind and number of the paper, as the blind index covers them."""
    return f"{id_kind}:{number}"
