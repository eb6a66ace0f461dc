"""Where sealed facts of who asked for a union lie."""

from niangjia.kernel.sealed.columns import SealedColumn
from niangjia.registers.founding.rules.sealed_columns import SEALED_NAME, SEALED_PHONE

COLUMNS = (
    SealedColumn("founding.FoundingApplication", "name_sealed", SEALED_NAME, "text"),
    SealedColumn("founding.FoundingApplication", "phone_sealed", SEALED_PHONE, "phone"),
)
