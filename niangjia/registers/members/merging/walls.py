"""Walls around pairs and merges: who keeps the members where both records lie; and whoever it is about."""

from niangjia.kernel.acting.walls import SUBJECT, Sight, Wall, stands_in
from niangjia.kernel.cases import walls as cases
from niangjia.registers.members.merging.rules.moves import MERGE_MEMBERS
from niangjia.registers.members.rules.moves import SEE_MEMBERS

KEPT_HERE = stands_in("merging_pair.place_id", MERGE_MEMBERS.roles)
SEARCHED_HERE = stands_in("merging_search.place_id", MERGE_MEMBERS.roles)
WALLS = (
    Wall("merging_search", reads=SEARCHED_HERE, adds=SEARCHED_HERE),
    # What is found is written by the program; who keeps both decides on it.
    Wall("merging_pair", reads=KEPT_HERE, changes=KEPT_HERE),
    Wall("merging_merge", reads=f"({cases.at_desk('case_id')} OR kept_id = {SUBJECT})"),
    # What was looked at before two records were joined was hers, too.
    Sight(
        "reveal_look",
        "looks_before_a_merge",
        "is_told(withheld_until) AND EXISTS (SELECT FROM merging_merge m WHERE m.gone_id = reveal_look.subject_id"
        f" AND m.kept_id = {SUBJECT} AND m.merged_at IS NOT NULL AND m.undone_at IS NULL OFFSET 0)",
    ),
    Sight(
        "journal_entry",
        "trail_of_merges",
        "thing = 'person' AND verb IN ('merge_members', 'undo_merge', 'object_merge')"
        f" AND {stands_in('journal_entry.place_id', SEE_MEMBERS.roles)}",
    ),
)
