"""Walls around employers, and who covers them."""

from niangjia.kernel.acting.walls import ANYBODY_NAMED, BY_TRIGGER, Sight, Wall, paths_of, stands_in
from niangjia.registers.employers.rules.moves import EDIT_EMPLOYER, REGISTER_EMPLOYER, SEE_EMPLOYERS

KEEPERS = EDIT_EMPLOYER.roles | REGISTER_EMPLOYER.roles
KEPT = stands_in("employers_employer.place_id", KEEPERS)
COVERED_BY_OWN = f"""EXISTS (SELECT FROM employers_coverage c JOIN places_place p ON p.id = c.union_id
WHERE c.employer_id = employers_employer.id AND c.valid_to IS NULL AND p.path ^@ ANY ({paths_of(SEE_EMPLOYERS.roles)}))"""
# Of the two ends one is enough: the territory keeps the employer, and takes a covering back that a union elsewhere had.
COVERING_KEPT = (
    f"{stands_in('employers_coverage.union_id', KEEPERS)}"
    f" OR {stands_in('place_of_employer(employers_coverage.employer_id)', KEEPERS)}"
)

WALLS = (
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
