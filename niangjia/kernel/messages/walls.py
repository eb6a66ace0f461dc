"""Walls around messages: whoever it was sent to meets it and may mark it read; the program alone writes and sends."""

from niangjia.kernel.acting.walls import ACCOUNT, NOBODY, SUBJECT, Wall

HERS = f"((account_id = {ACCOUNT} OR subject_id = {SUBJECT}) AND is_told(told_from))"
OF_HERS = "EXISTS (SELECT FROM inbox_message m WHERE m.id = inbox_delivery.message_id OFFSET 0)"
OWN = f"account_id = {ACCOUNT}"

WALLS = (
    Wall("inbox_message", reads=HERS, changes=HERS),
    Wall("inbox_delivery", reads=OF_HERS, adds=NOBODY, changes=NOBODY),
    Wall("inbox_preference", reads=OWN, adds=OWN, changes=OWN),
)
