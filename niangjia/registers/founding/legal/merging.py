"""What merging two records of one person does with the legal persons she represents."""

from niangjia.registers.members.merging.declared import Does, Part

PARTS = (Part("legal_persons.LegalPerson", "representative_id", Does.MOVES, "she represents it"),)
