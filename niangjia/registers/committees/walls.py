"""Walls around committees: who sits there is met where she keeps or looks on, and by herself; a term is no secret."""

from niangjia.kernel.acting.walls import ANYBODY_NAMED, SUBJECT, Sight, Wall, stands_in
from niangjia.registers.committees.rules.moves import APPROVE_TERM, KEEP_COMMITTEES, SEE_TERMS


def _kept(table: str) -> str:
    return stands_in(f"{table}.union_id", KEEP_COMMITTEES.roles)


APPROVED = stands_in("committees_term.union_id", APPROVE_TERM.roles)
WALLS = (
    Wall("committees_term", reads=ANYBODY_NAMED, adds=APPROVED, changes=APPROVED, locks=_kept("committees_term")),
    Wall("committees_body", reads=ANYBODY_NAMED, adds=_kept("committees_body"), changes=_kept("committees_body")),
    Wall(
        "committees_seat",
        reads=f"person_id = {SUBJECT} OR {stands_in('committees_seat.union_id', SEE_TERMS.roles)}",
        adds=_kept("committees_seat"),
        changes=_kept("committees_seat"),
    ),
    Sight(
        "journal_entry",
        "trail_of_terms",
        f"thing = 'term' AND {stands_in('journal_entry.place_id', SEE_TERMS.roles)}",
    ),
)
