"""What somebody may do with employers that have no union yet, and in which roles."""

from niangjia.kernel.access.rules import Move, Role

SEE_TARGETS = Move("see_targets", frozenset({Role.CADRE, Role.CHAIR, Role.OFFICER, Role.AUDITOR}))
HAND_TARGET = Move("hand_target", frozenset({Role.CADRE}))
# Not the chair of a base union, who is often the employer's.
VISIT_EMPLOYER = Move("visit_employer", frozenset({Role.CADRE, Role.OFFICER}))
END_TARGET = Move("end_target", frozenset({Role.CADRE, Role.OFFICER}))
SAY_EMPLOYER = Move("say_employer", frozenset({Role.CADRE}))
MOVES = (SEE_TARGETS, HAND_TARGET, VISIT_EMPLOYER, END_TARGET, SAY_EMPLOYER)
