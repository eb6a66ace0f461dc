"""Walls around handing over: met by the two whom it is between, at the union and above it, and by who takes rights back."""

from niangjia.kernel.access.rules import GRANT_ROLE
from niangjia.kernel.acting.walls import NOBODY, Wall, stands_in
from niangjia.registers.cadres.handing.rules import KEEP_HANDOVERS, SEE_HANDOVERS
from niangjia.registers.cadres.walls import OWN

BETWEEN = f"outgoing_id = ANY ({OWN}) OR incoming_id = ANY ({OWN})"
WORKED = f"{BETWEEN} OR {stands_in('handing_handover.union_id', KEEP_HANDOVERS.roles)}"
SEEN = f"{BETWEEN} OR {stands_in('handing_handover.union_id', SEE_HANDOVERS.roles | GRANT_ROLE.roles)}"
OF_ITEM = "EXISTS (SELECT FROM handing_handover h WHERE h.id = handing_handoveritem.handover_id OFFSET 0)"
WALLS = (
    # It is opened by the program, when an election or the end of a post is heard.
    Wall("handing_handover", reads=SEEN, adds=NOBODY, changes=WORKED),
    Wall("handing_handoveritem", reads=OF_ITEM, adds=NOBODY, changes=OF_ITEM),
)
