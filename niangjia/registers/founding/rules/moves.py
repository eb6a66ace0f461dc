"""Who sets unions up, and who keeps what their doors say."""

from niangjia.kernel.access.rules import Move, Role

# The union above answers, prepares and approves (工会法第十二条): its cadres alone, never the chair of the union itself.
KEEPERS = frozenset({Role.CADRE})
SET_UP_UNION = Move("set_up_union", KEEPERS)
# What hangs at the door is said by the union itself, or by one above.
KEEP_DOOR = Move("keep_door", frozenset({Role.CADRE, Role.CHAIR}))
SEE_FOUNDING = Move("see_founding", frozenset({Role.CADRE, Role.CHAIR, Role.OFFICER, Role.AUDITOR}))
