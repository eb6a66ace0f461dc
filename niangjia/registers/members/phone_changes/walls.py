"""The wall around phone proposals: hers, and those of the union that brought one or keeps her now."""

from niangjia.kernel.acting.walls import Sight, Wall, stands_in
from niangjia.registers.members.rules.moves import EDIT_MEMBERS, SEE_MEMBERS
from niangjia.registers.members.walls import kept, mine

TABLE = "members_phoneproposal"
BROUGHT_HERE = stands_in(f"{TABLE}.union_id", EDIT_MEMBERS.roles)
WALLS = (
    Wall(
        TABLE,
        reads=f"{mine('person_id')} OR {BROUGHT_HERE} OR {kept(f'{TABLE}.person_id')}",
        adds=kept(f"{TABLE}.person_id"),
        changes=f"{mine('person_id')} OR {BROUGHT_HERE}",
    ),
    Sight(
        "journal_entry",
        "trail_of_phones",
        "thing = 'person' AND verb IN ('answer_phone', 'withdraw_phone')"
        f" AND {stands_in('journal_entry.place_id', SEE_MEMBERS.roles)}",
    ),
)
