"""The wall around requests for lists: whoever asked, whoever may have to decide, and whoever decided."""

from niangjia.kernel.acting.walls import ACCOUNT, Wall, stands_in
from niangjia.kernel.exports.rules import APPROVE_EXPORT

ASKED = f"account_id = {ACCOUNT}"
ABOVE = stands_in("exports_exportrequest.place_id", APPROVE_EXPORT.roles)
THEIRS = f"{ASKED} OR decided_by_id = {ACCOUNT} OR {ABOVE}"

WALLS = (Wall("exports_exportrequest", reads=THEIRS, adds=ASKED, changes=THEIRS),)
