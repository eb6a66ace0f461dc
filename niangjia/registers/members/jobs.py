"""What is done about members in the background; found here by the worker."""

from niangjia.registers.members.roster.jobs import (
    land_roster,
    take_up_rosters_again,
    tidy_rosters,
    try_roster,
    undo_roster,
)

__all__ = ["land_roster", "take_up_rosters_again", "tidy_rosters", "try_roster", "undo_roster"]
