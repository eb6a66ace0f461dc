"""Walls around leaves and proposed exits: as narrow as that of the case."""

from niangjia.kernel.acting.walls import Wall
from niangjia.kernel.cases import walls as cases

MET = cases.met("case_id")
WALLS = (
    Wall("leaving_leaving", reads=MET, adds=MET, changes=MET),
    Wall("leaving_exitproposal", reads=MET, adds=MET, changes=MET),
)
