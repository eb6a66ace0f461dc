"""What merging two records of one person does with her leaves and proposed exits."""

from niangjia.registers.members.merging.declared import Does, Part

PARTS = (
    Part("leaving.Leaving", "person_id", Does.MOVES, "she asked to leave", clash=("settled_at",), quiet=("settled_at", "left_on")),
    Part("leaving.ExitProposal", "person_id", Does.MOVES, "it was proposed of her", clash=("settled_at",), quiet=("settled_at", "decided_on", "document_number")),
)  # fmt: skip
