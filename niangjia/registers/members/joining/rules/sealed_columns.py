"""Under which names the number and the phone of an applicant rest."""

SEALED_ID = "joining_application.id_sealed"
SEALED_PHONE = "joining_application.phone_sealed"
