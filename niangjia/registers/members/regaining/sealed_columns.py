"""Where the new phones of such cases lie."""

from niangjia.kernel.sealed.columns import SealedColumn
from niangjia.registers.members.regaining.rules.sealed_columns import SEALED_NEW_PHONE

COLUMNS = (SealedColumn("regaining.Regaining", "phone_sealed", SEALED_NEW_PHONE, "phone"),)
