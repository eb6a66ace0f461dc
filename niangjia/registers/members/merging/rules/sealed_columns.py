"""Under which names it rests what a merge changed, the confirmed phone of the record that went, and an objection."""

SEALED_TOUCHED = "merging_merge.touched_sealed"
SEALED_PHONE = "merging_merge.phone_sealed"
SEALED_OBJECTION = "merging_merge.objection_sealed"
