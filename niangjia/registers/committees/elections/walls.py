"""Walls around elections and candidates: as narrow as that of the case; whoever stands reads of herself."""

from niangjia.kernel.acting.walls import SUBJECT, Wall
from niangjia.kernel.cases import walls as cases

ELECTION = cases.met("case_id")
CANDIDATE = cases.met("election_id")
WALLS = (
    Wall("elections_election", reads=ELECTION, adds=ELECTION, changes=ELECTION),
    Wall(
        "elections_candidate",
        reads=f"person_id = {SUBJECT} OR {CANDIDATE}",
        adds=CANDIDATE,
        changes=CANDIDATE,
        removes=CANDIDATE,
    ),
)
