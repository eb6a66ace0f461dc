"""Walls around extensions and recalls: as narrow as that of the case; whoever is to be recalled reads of it herself."""

from niangjia.kernel.acting.walls import SUBJECT, Wall
from niangjia.kernel.cases import walls as cases

MET = cases.met("case_id")
HERS = f"EXISTS (SELECT FROM committees_seat s WHERE s.id = motions_recall.seat_id AND s.person_id = {SUBJECT})"
WALLS = (
    Wall("motions_extension", reads=MET, adds=MET, changes=MET),
    Wall("motions_recall", reads=f"{MET} OR {HERS}", adds=MET, changes=MET),
)
