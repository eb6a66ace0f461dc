"""Walls around cases: met by whose case it is, and by who works where it is held; never by who has to keep away from it.

Whose case it is stands behind a wall of its own: met by herself, and by who works where one may know who asked. The functions
are asked with what the actor may see, found once for a statement; they stand in the database because two walls that look
through each other have no end.
"""

from niangjia.kernel.acting.walls import ACCOUNT, NOBODY, SUBJECT, Wall, paths_of, stands_in
from niangjia.kernel.cases.rules import DESK_ROLES

PATHS = paths_of(DESK_ROLES)


def mine(case: str) -> str:
    """Whether the actor herself asked."""
    return f"case_is_mine({case}, {SUBJECT})"


def at_desk(case: str) -> str:
    """Whether a case is held where the actor works, and she need not keep away from it."""
    return f"case_is_at_desk({case}, {PATHS}, {ACCOUNT})"


def met(case: str) -> str:
    """Whether the actor meets a case."""
    return f"({mine(case)} OR {at_desk(case)})"


HERE = stands_in("cases_case.place_id", DESK_ROLES)
# Where it lies is asked first: it is what most cases of a list are met by.
CASE = f"({mine('id')} OR ({HERE} AND NOT case_is_barred(id, {ACCOUNT})) OR case_is_at_desk(id, {PATHS}, {ACCOUNT}))"
KNOWN = f"(subject_id = {SUBJECT} OR case_knows_who(case_id, {PATHS}, {ACCOUNT}))"
# The wall of the time itself is asked.
OF_TIME = "EXISTS (SELECT FROM cases_running r WHERE r.id = cases_pause.running_id OFFSET 0)"
TOLD = f"({at_desk('case_id')} OR (is_told AND {mine('case_id')}))"

WALLS = (
    # Where a case begins and where it goes is judged by the program: whoever asks has no right at the place that gets it.
    Wall("cases_case", reads=CASE, changes=CASE),
    Wall("cases_party", reads=KNOWN),
    Wall("cases_holding", reads=met("case_id")),
    Wall("cases_barred", reads=at_desk("case_id"), adds=NOBODY),
    Wall("cases_step", reads=TOLD, adds=met("case_id")),
    Wall("cases_decision", reads=at_desk("case_id"), adds=f"(account_id = {ACCOUNT} AND {at_desk('case_id')})"),
    Wall("cases_handover", reads=at_desk("case_id"), adds=at_desk("case_id"), changes=at_desk("case_id")),
    Wall("cases_running", reads=met("case_id"), adds=met("case_id"), changes=met("case_id")),
    Wall("cases_pause", reads=OF_TIME, adds=OF_TIME, changes=OF_TIME),
    Wall("cases_rating", reads=met("case_id"), adds=mine("case_id")),
)
