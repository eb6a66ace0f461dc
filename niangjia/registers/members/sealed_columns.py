"""Where sealed facts of members lie: the register, what history and imports remember of it, and proposals."""

from niangjia.kernel.sealed.columns import SealedColumn
from niangjia.registers.members.rules.sealed_columns import SEALED_ID, SEALED_PHONE

COLUMNS = (
    SealedColumn("members.Person", "id_sealed", SEALED_ID, "id_number"),
    SealedColumn("members.Person", "phone_sealed", SEALED_PHONE, "phone"),
    # History keeps the bytes as they were: they open as those of the person they are the history of.
    SealedColumn("members.PersonEvent", "id_sealed", SEALED_ID, "id_number", row="pgh_obj_id"),
    SealedColumn("members.PersonEvent", "phone_sealed", SEALED_PHONE, "phone", row="pgh_obj_id"),
    SealedColumn("members.PhoneProposal", "phone_sealed", SEALED_PHONE, "phone", row="person_id"),
    # What an import remembers, so that it can be taken back.
    SealedColumn(
        "intake.Change", "before", SEALED_PHONE, "phone", row="thing_id", within=("person", "phone_sealed"), form="hex"
    ),
)
