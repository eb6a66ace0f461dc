"""What merging two records of one person does with their seats and candidacies."""

from niangjia.registers.members.merging.declared import Does, Part

PARTS = (
    Part("committees.Seat", "person_id", Does.MOVES, "she sits there, once", clash=("body_id", "until"),
         clashing=Does.GOES, quiet=("until",)),
    Part("elections.Candidate", "person_id", Does.MOVES, "she stood there, once", clash=("election_id", "body"),
         clashing=Does.GOES, quiet=("votes", "round", "is_elected", "post")),
)  # fmt: skip
