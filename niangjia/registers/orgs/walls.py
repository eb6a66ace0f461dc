"""Walls around unions and the tree they stand in.

What a union is called and where it stands is no secret of anybody: its code is printed on its door. So everybody reads
unions and places, which also lets every index of theirs be used; only those who keep them may write.
"""

from niangjia.kernel.acting.walls import BY_TRIGGER, EVERYBODY, Sight, Wall, paths_of, stands_in
from niangjia.registers.orgs.rules.moves import EDIT_UNION, REGISTER_UNION, SEE_UNIONS

KEEPERS = EDIT_UNION.roles | REGISTER_UNION.roles
PLACE_KEPT = f"path ^@ ANY ({paths_of(KEEPERS)})"
UNION_KEPT = stands_in("orgs_union.place_id", KEEPERS)

WALLS = (
    Wall("places_place", reads=EVERYBODY, adds=PLACE_KEPT, changes=PLACE_KEPT),
    Wall("orgs_union", reads=EVERYBODY, adds=UNION_KEPT, changes=UNION_KEPT),
    Wall("orgs_unionevent", reads=stands_in("orgs_unionevent.place_id", SEE_UNIONS.roles), adds=BY_TRIGGER),
    Sight(
        "journal_entry",
        "trail_of_unions",
        f"thing = 'union' AND {stands_in('journal_entry.place_id', SEE_UNIONS.roles)}",
    ),
)
