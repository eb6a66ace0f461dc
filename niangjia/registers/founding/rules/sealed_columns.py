"""Under which names the name and the phone of who asked rest."""

SEALED_NAME = "founding_application.name_sealed"
SEALED_PHONE = "founding_application.phone_sealed"
