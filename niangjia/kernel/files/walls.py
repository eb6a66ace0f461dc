"""The wall around kept files: rows are met by whoever is named; whose file it is, its slice says."""

from niangjia.kernel.acting.walls import ANYBODY_NAMED, Wall

WALLS = (
    Wall("files_storedfile", reads=ANYBODY_NAMED, adds=ANYBODY_NAMED, changes=ANYBODY_NAMED, removes=ANYBODY_NAMED),
)
