"""Walls around lost phones: as narrow as that of the case, and hers. When a phone was last used is asked by the door alone."""

from niangjia.kernel.acting.walls import Sight, Wall, stands_in
from niangjia.kernel.cases import walls as cases
from niangjia.registers.members.rules.moves import SEE_MEMBERS
from niangjia.registers.members.walls import mine

WALLS = (
    # Written by the program: who files has no right where it is decided, and who decides changes nothing of it.
    Wall("regaining_regaining", reads=f"({mine('person_id')} OR {cases.at_desk('case_id')})"),
    Wall("regaining_phoneuse", reads=mine("subject_id")),
    Sight(
        "journal_entry",
        "trail_of_lost_phones",
        "thing = 'person' AND verb IN ('report_lost_phone', 'stop_lost_phone', 'hand_over_phone')"
        f" AND {stands_in('journal_entry.place_id', SEE_MEMBERS.roles)}",
    ),
)
