"""Where sealed facts of applicants lie."""

from niangjia.kernel.sealed.columns import SealedColumn
from niangjia.registers.members.joining.rules.sealed_columns import SEALED_ID, SEALED_PHONE

COLUMNS = (
    SealedColumn("joining.Application", "id_sealed", SEALED_ID, "id_number"),
    SealedColumn("joining.Application", "phone_sealed", SEALED_PHONE, "phone"),
)
