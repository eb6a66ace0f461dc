"""What merging two records of one person does with her seats and candidatures."""

from niangjia.registers.members.merging.declared import Does, Part

PARTS = (
    Part("committees.Seat", "person_id", Does.MOVES, "she sits there, once", clash=("body_id", "until"), clashing=Does.GOES, quiet=("until",)),
    Part("elections.Candidate", "person_id", Does.MOVES, "she stood, once", clash=("election_id", "body"), clashing=Does.GOES),
)  # fmt: skip
