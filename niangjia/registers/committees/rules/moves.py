"""What may be done with terms and committees, and by whom."""

from niangjia.kernel.access.rules import Move, Role

KEEPERS = frozenset({Role.CADRE, Role.CHAIR})
SEE_TERMS = Move("see_terms", frozenset({Role.CADRE, Role.CHAIR, Role.OFFICER, Role.AUDITOR}))
# A union prepares its own election, asks for more time, sets up its committees; cadres above do it where nobody is there.
KEEP_COMMITTEES = Move("keep_committees", KEEPERS)
# 工会法第十二条: it is the union above that approves.
APPROVE_TERM = Move("approve_term", frozenset({Role.CADRE}))
MOVES = (SEE_TERMS, KEEP_COMMITTEES, APPROVE_TERM)
