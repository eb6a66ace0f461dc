"""The wall around who asked for an employer: the program alone reads it, for whoever proved that phone."""

from niangjia.kernel.acting.walls import NOBODY, Wall

WALLS = (Wall("for_employers_employerask", reads=NOBODY),)
