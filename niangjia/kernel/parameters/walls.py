"""The wall around changes of parameters: read at the desk of their place, entered and decided by its cadres."""

from niangjia.kernel.acting.walls import Wall, stands_in
from niangjia.kernel.parameters.rules import SEE_PARAMETERS, SET_PARAMETER

SET = stands_in("parameters_parameterchange.place_id", SET_PARAMETER.roles)

WALLS = (
    Wall(
        "parameters_parameterchange",
        reads=stands_in("parameters_parameterchange.place_id", SEE_PARAMETERS.roles),
        adds=SET,
        changes=SET,
    ),
)
