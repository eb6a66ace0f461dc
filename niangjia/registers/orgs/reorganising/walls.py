"""Walls around reorganisations: as narrow as that of the case; they hold nothing of a person."""

from niangjia.kernel.acting.walls import Wall
from niangjia.kernel.cases import walls as cases

OF_CASE = cases.met("case_id")
OF_RECORD = cases.met("reorganisation_id")
WALLS = (
    Wall("reorganising_reorganisation", reads=OF_CASE, adds=OF_CASE, changes=OF_CASE),
    Wall("reorganising_concerned", reads=OF_RECORD, adds=OF_RECORD),
)
