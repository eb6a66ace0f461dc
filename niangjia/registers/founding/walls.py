"""Walls around setting up unions: an application is met as its case is; what came of it by who works there or above.

The chair of the new union may be the employer's own: she meets the union, its group and its election, never who asked.
"""

from niangjia.kernel.acting.walls import ANYBODY_NAMED, Wall, stands_in
from niangjia.kernel.cases import walls as cases
from niangjia.registers.founding.rules.moves import KEEP_DOOR, KEEPERS, SEE_FOUNDING


def _seen(column: str) -> str:
    return stands_in(column, SEE_FOUNDING.roles)


def _kept(column: str) -> str:
    return stands_in(column, KEEPERS)


def _of_founding(table: str) -> Wall:
    column = f"{table}.founding_id"
    return Wall(table, reads=_seen(column), adds=_kept(column), changes=_kept(column), removes=_kept(column))


SIGNED = stands_in("founding_doorsign.union_id", KEEP_DOOR.roles)
WALLS = (
    # What begins is written by the program: whoever asks has no right at the union that gets it.
    Wall("founding_foundingapplication", reads=cases.met("case_id"), changes=cases.met("case_id")),
    Wall(
        "founding_founding",
        reads=_seen("founding_founding.union_id"),
        adds=_kept("founding_founding.union_id"),
        changes=_kept("founding_founding.union_id"),
    ),
    _of_founding("founding_foundingemployer"),
    _of_founding("founding_preparer"),
    _of_founding("founding_reportedseat"),
    # It hangs at the door for everybody who passes.
    Wall("founding_doorsign", reads=ANYBODY_NAMED, adds=SIGNED, changes=SIGNED),
)
