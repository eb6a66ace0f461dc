"""Walls around targets, visits and leads: the territory of the employer."""

from niangjia.kernel.acting.walls import Wall, stands_in
from niangjia.registers.employers.targets.rules.moves import HAND_TARGET, SAY_EMPLOYER, SEE_TARGETS, VISIT_EMPLOYER

OF_TARGET = "place_of_employer(targets_target.employer_id)"
SEEN = stands_in(OF_TARGET, SEE_TARGETS.roles)
VISITING = VISIT_EMPLOYER.roles | HAND_TARGET.roles
# Whoever sees the target sees what was said for it.
SEEN_WITH = "EXISTS (SELECT FROM targets_target t WHERE t.id = targets_visit.target_id)"
VISITED_FOR = f"""EXISTS (SELECT FROM targets_target t WHERE t.id = targets_visit.target_id
AND {stands_in("place_of_employer(t.employer_id)", VISITING)})"""
NAMED = stands_in("targets_writtenname.place_id", SAY_EMPLOYER.roles)
LED = stands_in("targets_lead.place_id", SAY_EMPLOYER.roles)

WALLS = (
    Wall(
        "targets_target",
        reads=SEEN,
        adds=stands_in(OF_TARGET, HAND_TARGET.roles),
        changes=stands_in(OF_TARGET, VISITING),
    ),
    Wall("targets_visit", reads=SEEN_WITH, adds=VISITED_FOR),
    # Leads are counted for everybody at once; a person says which employer a name means.
    Wall(
        "targets_lead",
        reads=stands_in("targets_lead.place_id", SEE_TARGETS.roles),
        adds=LED,
        changes=LED,
        removes=LED,
    ),
    Wall(
        "targets_writtenname",
        reads=stands_in("targets_writtenname.place_id", SEE_TARGETS.roles),
        adds=NAMED,
        changes=NAMED,
    ),
)
