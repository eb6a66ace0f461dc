"""What merging two records of one person does with lost phones."""

from niangjia.registers.members.merging.declared import Does, Part

PARTS = (
    Part("regaining.Regaining", "person_id", Does.MOVES, "it was her phone, under whichever record"),
    Part("regaining.PhoneUse", "subject_id", Does.GOES, "when the phone of the record that went was used last"),
)
