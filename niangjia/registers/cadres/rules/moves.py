"""What may be done with the list of cadres, and by whom."""

from niangjia.kernel.access.rules import Move, Role

SEE_CADRES = Move("see_cadres", frozenset({Role.CADRE, Role.CHAIR, Role.OFFICER}))
# Each union keeps its own people; cadres above do it where nobody is there.
KEEP_CADRES = Move("keep_cadres", frozenset({Role.CADRE, Role.CHAIR}))
# Whoever leads a union without a term is named by the union above.
NAME_LEADER = Move("name_leader", frozenset({Role.CADRE}))
MOVES = (SEE_CADRES, KEEP_CADRES, NAME_LEADER)
