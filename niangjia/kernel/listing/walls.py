"""The wall around saved views: one's own, and those shared where one acts."""

from niangjia.kernel.access.rules import Role
from niangjia.kernel.acting.walls import ACCOUNT, Wall, stands_in

OWN = f"account_id = {ACCOUNT}"
SHARED = f"is_shared AND {stands_in('listing_savedview.place_id', frozenset(Role) - {Role.WORKER, Role.OPERATOR})}"

WALLS = (Wall("listing_savedview", reads=f"{OWN} OR ({SHARED})", adds=OWN, changes=OWN, removes=OWN),)
