"""What may be done with cards, and by whom."""

from niangjia.kernel.access.rules import Move, Role

KEEP_CARDS = Move("keep_cards", frozenset({Role.CADRE, Role.CHAIR}))
CHECK_CARDS = Move("check_cards", frozenset({Role.CADRE, Role.CHAIR, Role.OFFICER}))
