"""What may be done with records of one person, and by whom."""

from niangjia.kernel.access.rules import Move, Role

# The same as who keeps the members: the chair of the union, and cadres above.
KEEPERS = frozenset({Role.CADRE, Role.CHAIR})
MERGE_MEMBERS = Move("merge_members", KEEPERS)
