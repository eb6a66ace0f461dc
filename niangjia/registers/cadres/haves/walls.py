"""Walls around statements: met and made where one keeps or looks on; they hold nothing of a person but who stated."""

from niangjia.kernel.acting.walls import Wall, stands_in
from niangjia.registers.cadres.haves.rules import SEE_HAVES, STATE_HAVES

STATED = stands_in("haves_statement.union_id", STATE_HAVES.roles)
WALLS = (
    Wall(
        "haves_statement",
        reads=stands_in("haves_statement.union_id", SEE_HAVES.roles),
        adds=STATED,
        changes=STATED,
    ),
)
