"""What merging two records of one person does with findings."""

from niangjia.registers.members.merging.declared import Does, Part

PARTS = (
    Part("clinic.Finding", "person_id", Does.GOES, "found of the record that went; of the other it is looked for anew"),
)
