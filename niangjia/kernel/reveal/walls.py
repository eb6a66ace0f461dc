"""The wall around looks: the person reads those at herself, whoever looked her own acts, the auditors those of their places."""

from niangjia.kernel.acting.walls import ACCOUNT, SUBJECT, Wall, stands_in
from niangjia.kernel.reveal.rules import SEE_LOOKS, Purpose

# What would betray somebody else's report is told to the person from its release day on.
ABOUT_HERSELF = f"(subject_id = {SUBJECT} AND is_told(withheld_until))"
# Whoever opens a request may not know who asked: her own acts do not tell it.
OWN_ACTS = f"account_id = {ACCOUNT} AND purpose <> '{Purpose.HANDLE_REQUEST.value}'"
AUDITED = stands_in("reveal_look.place_id", SEE_LOOKS.roles)

WALLS = (Wall("reveal_look", reads=f"{ABOUT_HERSELF} OR {OWN_ACTS} OR {AUDITED}", adds=OWN_ACTS),)
