"""Walls around employers, and who covers them."""

from niangjia.kernel.acting.walls import ANYBODY_NAMED, BY_TRIGGER, Sight, Wall, paths_of, stands_in
from niangjia.registers.employers.rules.moves import EDIT_EMPLOYER, KEEP_PARKS, REGISTER_EMPLOYER, SEE_EMPLOYERS

KEEPERS = EDIT_EMPLOYER.roles | REGISTER_EMPLOYER.roles
KEPT = stands_in("employers_employer.place_id", KEEPERS)
COVERED_BY_OWN = f"""EXISTS (SELECT FROM employers_coverage c JOIN places_place p ON p.id = c.union_id
WHERE c.employer_id = employers_employer.id AND c.valid_to IS NULL AND p.path ^@ ANY ({paths_of(SEE_EMPLOYERS.roles)}))"""
# Of the two ends one is enough: the territory keeps the employer, and takes a covering back that a union elsewhere had.
COVERING_KEPT = (
    f"{stands_in('employers_coverage.union_id', KEEPERS)}"
    f" OR {stands_in('place_of_employer(employers_coverage.employer_id)', KEEPERS)}"
)
HEADS_KEPT = stands_in("place_of_employer(employers_headcount.employer_id)", KEEPERS)
PARKS_KEPT = stands_in("employers_park.place_id", KEEP_PARKS.roles)

# The walls of the first days; a table that came later has its own migration.
FIRST = (
    # Which union covers which employer is a fact of two organisations, and holds nothing of a person.
    Wall("employers_coverage", reads=ANYBODY_NAMED, adds=COVERING_KEPT, changes=COVERING_KEPT),
    Wall(
        "employers_employer",
        reads=f"{stands_in('employers_employer.place_id', SEE_EMPLOYERS.roles)} OR {COVERED_BY_OWN}",
        adds=KEPT,
        changes=KEPT,
    ),
    Wall(
        "employers_employerevent",
        reads=stands_in("employers_employerevent.place_id", SEE_EMPLOYERS.roles),
        adds=BY_TRIGGER,
    ),
    Sight(
        "journal_entry",
        "trail_of_employers",
        f"thing = 'employer' AND {stands_in('journal_entry.place_id', SEE_EMPLOYERS.roles)}",
    ),
)
LATER = (
    # Whoever sees an employer sees how many work there.
    Wall(
        "employers_headcount",
        reads="EXISTS (SELECT FROM employers_employer e WHERE e.id = employers_headcount.employer_id)",
        adds=HEADS_KEPT,
        changes=HEADS_KEPT,
        removes=HEADS_KEPT,
    ),
    # Where a park lies and what it is called holds nothing of a person.
    Wall("employers_park", reads=ANYBODY_NAMED, adds=PARKS_KEPT, changes=PARKS_KEPT),
)
WALLS = (*FIRST, *LATER)
