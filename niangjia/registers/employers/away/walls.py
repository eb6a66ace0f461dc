"""Walls around unions away from home."""

from niangjia.kernel.acting.walls import ANYBODY_NAMED, Wall, stands_in
from niangjia.registers.employers.away.rules import KEEP_AWAY

KEPT = f"{stands_in('away_awayunion.union_id', KEEP_AWAY.roles)}"
# Which union serves whom where is a fact of organisations, and holds nothing of a person.
WALLS = (Wall("away_awayunion", reads=ANYBODY_NAMED, adds=KEPT, changes=KEPT),)
