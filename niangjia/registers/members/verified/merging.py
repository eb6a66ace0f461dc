"""What merging two records of one person does with papers that were seen."""

from niangjia.registers.members.merging.declared import Does, Part

PARTS = (
    Part(
        "verified.PaperSeen", "person_id", Does.MOVES, "they are her papers", quiet=("withdrawn_at", "withdrawn_by_id")
    ),
)
