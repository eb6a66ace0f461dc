"""What merging two records of one person does with what was asked for a new union."""

from niangjia.registers.members.merging.declared import Does, Part

PARTS = (
    Part("founding.FoundingApplication", "subject_id", Does.MOVES, "she asked for the union"),
    Part(
        "founding.ReportedSeat",
        "person_id",
        Does.MOVES,
        "she was reported for it, once",
        clash=("founding_id", "body"),
        clashing=Does.GOES,
    ),
)
