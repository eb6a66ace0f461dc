"""Where sealed facts of merges lie."""

from niangjia.kernel.sealed.columns import SealedColumn
from niangjia.registers.members.merging.rules.sealed_columns import SEALED_OBJECTION, SEALED_PHONE, SEALED_TOUCHED

COLUMNS = (
    SealedColumn("merging.Merge", "touched_sealed", SEALED_TOUCHED, "text"),
    SealedColumn("merging.Merge", "phone_sealed", SEALED_PHONE, "phone"),
    SealedColumn("merging.Merge", "objection_sealed", SEALED_OBJECTION, "text"),
)
