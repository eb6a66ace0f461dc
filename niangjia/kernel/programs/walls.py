"""Walls around keys: the administrators of the place see them, its security administrator makes and revokes them."""

from niangjia.kernel.acting.walls import NOBODY, Wall, stands_in
from niangjia.kernel.programs.rules import KEEP_PROGRAMS, SEE_PROGRAMS

KEPT = stands_in("programs_key.place_id", KEEP_PROGRAMS.roles)

WALLS = (
    Wall(
        "programs_key",
        reads=stands_in("programs_key.place_id", SEE_PROGRAMS.roles),
        adds=KEPT,
        changes=KEPT,
    ),
    # How often a key was used is counted at the door alone.
    Wall("programs_keyuse", reads=NOBODY),
)
