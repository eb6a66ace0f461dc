"""Walls around papers that were seen: whoever keeps the member now; she herself."""

from niangjia.kernel.acting.walls import Sight, Wall, paths_of, stands_in
from niangjia.registers.members.rules.moves import SEE_MEMBERS
from niangjia.registers.members.verified.rules import SEE_PAPERS
from niangjia.registers.members.walls import kept, mine

KEPT = kept("verified_paperseen.person_id")
# Her papers go with her: the union where she is now need not see them again.
SEEN_NOW = f"""EXISTS (SELECT FROM members_membership m JOIN places_place p ON p.id = m.union_id
WHERE m.person_id = verified_paperseen.person_id AND upper_inf(m.period)
AND p.path ^@ ANY ({paths_of(SEE_MEMBERS.roles)}) OFFSET 0)"""
WALLS = (
    Wall(
        "verified_paperseen",
        reads=f"{mine('person_id')} OR {SEEN_NOW}",
        adds=stands_in("verified_paperseen.union_id", SEE_PAPERS.roles),
        changes=KEPT,
    ),
    Sight(
        "journal_entry",
        "trail_of_papers",
        "thing = 'person' AND verb IN ('see_papers', 'withdraw_papers')"
        f" AND {stands_in('journal_entry.place_id', SEE_MEMBERS.roles)}",
    ),
)
