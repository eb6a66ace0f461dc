"""The wall around drafts: nobody meets one but who wrote it."""

from niangjia.kernel.acting.walls import ACCOUNT, Wall

OWN = f"account_id = {ACCOUNT}"

WALLS = (Wall("case_drafts_draft", reads=OWN, adds=OWN, changes=OWN, removes=OWN),)
