"""Walls around consents, files of one's own data, and what people ask of them."""

from niangjia.kernel.access.walls import AUDITING
from niangjia.kernel.acting.walls import SUBJECT, Wall, stands_in
from niangjia.kernel.privacy.rules import ERASE_PERSON, SETTLE_CORRECTION

MINE = f"subject_id = {SUBJECT}"
CORRECTED_HERE = (
    f"(kind = 'correct' AND {stands_in('privacy_rightsrequest.place_id', SETTLE_CORRECTION.roles)})"
    f" OR (kind = 'erase' AND {stands_in('privacy_rightsrequest.place_id', ERASE_PERSON.roles)})"
)

WALLS = (
    # What is recorded at the desk is the program's work, after it has asked whether the cadre may.
    Wall("privacy_consent", reads=f"{MINE} OR guardian_id = {SUBJECT}", adds=f"{MINE} OR guardian_id = {SUBJECT}"),
    Wall("privacy_personalfile", reads=MINE, adds=MINE, changes=MINE),
    Wall(
        "privacy_rightsrequest",
        reads=f"{MINE} OR {CORRECTED_HERE}",
        adds=f"{MINE} OR {CORRECTED_HERE}",
        changes=f"{MINE} OR {CORRECTED_HERE}",
    ),
    Wall("privacy_erasure", reads=stands_in("privacy_erasure.place_id", ERASE_PERSON.roles | AUDITING)),
)
