"""What is done about members in the background; found here by the worker."""

from niangjia.registers.members.merging.jobs import look_at_brought, look_every_night, look_for_same_person
from niangjia.registers.members.roster.jobs import (
    land_roster,
    take_up_rosters_again,
    tidy_rosters,
    try_roster,
    undo_roster,
)

__all__ = [
    "land_roster",
    "look_at_brought",
    "look_every_night",
    "look_for_same_person",
    "take_up_rosters_again",
    "tidy_rosters",
    "try_roster",
    "undo_roster",
]
