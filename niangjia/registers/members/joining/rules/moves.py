"""What may be done with applications besides the moves of their cases, and by whom."""

from niangjia.kernel.access.rules import Move, Role

# The same as who registers members by hand: the chair of the union, and cadres above.
KEEPERS = frozenset({Role.CADRE, Role.CHAIR})
APPROVE_JOINING = Move("approve_joining", KEEPERS)
# Which union takes in whoever has no fixed employer is said by the county, or above.
SET_CATCH_ALL = Move("set_catch_all", frozenset({Role.CADRE}))
