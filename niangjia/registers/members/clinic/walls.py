"""Walls around findings: where the members are kept; she herself may know what is thought of her record."""

from niangjia.kernel.acting.walls import Wall, stands_in
from niangjia.registers.members.clinic.rules import REPAIR_MEMBERS
from niangjia.registers.members.walls import mine

KEPT = stands_in("clinic_finding.union_id", REPAIR_MEMBERS.roles)
# Findings come and go by the program alone; what people say of one is theirs.
WALLS = (Wall("clinic_finding", reads=f"{mine('person_id')} OR {KEPT}", changes=KEPT),)
