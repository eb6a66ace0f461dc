"""Walls around public notices: met by everybody while they hang, afterwards by the desk; objections by neither the person nor her neighbours."""

from niangjia.kernel.acting.walls import ACCOUNT, EVERYBODY, SUBJECT, Wall, stands_in
from niangjia.kernel.cases.notices.models import TODAY
from niangjia.kernel.cases.notices.rules import ANSWER_OBJECTION, PUBLISH_NOTICE, SEE_NOTICES

HERE = stands_in("notices_publication.place_id", SEE_NOTICES.roles)
HANGS = f"ends_on >= {TODAY}"
PUT_UP = stands_in("notices_publication.place_id", PUBLISH_NOTICE.roles)
PUT_UP_HERE = "EXISTS (SELECT FROM notices_publication p WHERE p.id = publication_id OFFSET 0)"
# Whom the notice is about meets no objection, whatever office she holds.
NOT_CONCERNED = f"(concerned_id IS NULL OR concerned_id IS DISTINCT FROM {SUBJECT})"
TO_ANSWER = f"({NOT_CONCERNED} AND {stands_in('notices_objection.place_id', ANSWER_OBJECTION.roles)})"

WALLS = (
    Wall("notices_publication", reads=f"{HANGS} OR {HERE}", adds=PUT_UP),
    # At which door a notice hangs is no secret: on the door it is read.
    Wall("notices_hanging", reads=EVERYBODY, adds=PUT_UP_HERE),
    # Who objects may have no account at all: the program takes it in, and reads the answer out to who has the receipt.
    Wall("notices_objection", reads=f"account_id = {ACCOUNT} OR {TO_ANSWER}", changes=TO_ANSWER),
)
