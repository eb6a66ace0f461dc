"""What merging two records of one person does with their seats."""

from niangjia.registers.members.merging.declared import Does, Part

PARTS = (
    Part("committees.Seat", "person_id", Does.MOVES, "she sits there, once", clash=("body_id", "until"),
         clashing=Does.GOES, quiet=("until",)),
)  # fmt: skip
