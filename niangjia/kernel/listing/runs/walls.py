"""The wall around actions in the background: one's own alone."""

from niangjia.kernel.acting.walls import ACCOUNT, Wall

OWN = f"account_id = {ACCOUNT}"
WALLS = (Wall("listing_runs_bulkrun", reads=OWN, adds=OWN, changes=OWN),)
