"""Where sealed facts of households lie."""

from niangjia.kernel.sealed.columns import SealedColumn
from niangjia.registers.households.rules.sealed_columns import SEALED_ADDRESS, SEALED_ID

COLUMNS = (
    SealedColumn("households.Household", "address_sealed", SEALED_ADDRESS, "text"),
    SealedColumn("households.Kin", "id_sealed", SEALED_ID, "id_number"),
)
