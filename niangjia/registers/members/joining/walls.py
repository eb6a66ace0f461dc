"""Walls around applications: as narrow as that of the case. Which union takes whom in holds nothing of a person."""

from niangjia.kernel.acting.walls import ANYBODY_NAMED, Wall, stands_in
from niangjia.kernel.cases import walls as cases
from niangjia.registers.members.joining.rules.moves import SET_CATCH_ALL

SET_HERE = stands_in("joining_catchall.place_id", SET_CATCH_ALL.roles)
WALLS = (
    # What begins is written by the program: whoever applies has no right at the union that gets it.
    Wall("joining_application", reads=cases.met("case_id"), changes=cases.met("case_id")),
    Wall("joining_catchall", reads=ANYBODY_NAMED, adds=SET_HERE, changes=SET_HERE),
)
