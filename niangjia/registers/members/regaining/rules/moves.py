"""Who decides that a lost phone is replaced; who keeps a member files it."""

from niangjia.kernel.access.rules import Move, Role

# A cadre above, never a chair: a chair stands inside her enterprise.
DECIDERS = frozenset({Role.CADRE})
DECIDE_REGAINING = Move("decide_regaining", DECIDERS)
