"""What somebody may do with employers, and in which roles."""

from niangjia.kernel.access.rules import Move, Role

SEE_EMPLOYERS = Move("see_employers", frozenset({Role.CADRE, Role.CHAIR, Role.OFFICER, Role.AUDITOR}))
REGISTER_EMPLOYER = Move("register_employer", frozenset({Role.CADRE}))
EDIT_EMPLOYER = Move("edit_employer", frozenset({Role.CADRE}))
IMPORT_EMPLOYERS = Move("import_employers", frozenset({Role.CADRE}))
KEEP_PARKS = Move("keep_parks", frozenset({Role.CADRE}))
MOVES = (SEE_EMPLOYERS, REGISTER_EMPLOYER, EDIT_EMPLOYER, IMPORT_EMPLOYERS, KEEP_PARKS)
