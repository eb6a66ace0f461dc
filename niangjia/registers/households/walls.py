"""Walls around households: who wrote it down, and whoever is linked in it; nobody at a desk.

A desk meets a household through one service alone, which writes the look down first and then asks beyond these walls.
"""

from niangjia.kernel.acting.walls import SUBJECT, Wall

OWN = f"head_id = {SUBJECT}"
IS_IN = (
    "EXISTS (SELECT FROM households_belonging b WHERE b.household_id = households_household.id"
    f" AND b.member_id = {SUBJECT})"
)
WALLS = (
    Wall("households_household", reads=f"{OWN} OR {IS_IN}", adds=OWN, changes=OWN, removes=OWN),
    Wall("households_belonging", reads=f"{OWN} OR member_id = {SUBJECT}", adds=OWN, changes=OWN, removes=OWN),
    Wall(
        "households_kin",
        reads=f"told_by_id = {SUBJECT}",
        adds=f"told_by_id = {SUBJECT}",
        changes=f"told_by_id = {SUBJECT}",
        removes=f"told_by_id = {SUBJECT}",
    ),
    Wall("households_schooling", reads=OWN, adds=OWN, changes=OWN, removes=OWN),
)
