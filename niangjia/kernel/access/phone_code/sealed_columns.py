"""Where phones lie that codes were sent to."""

from niangjia.kernel.access.phone_code.models import PHONE_SEALED
from niangjia.kernel.sealed.columns import SealedColumn

COLUMNS = (SealedColumn("phone_code.PhoneCode", "phone_sealed", PHONE_SEALED, "phone"),)
