"""What somebody may do with unions, and in which roles."""

from niangjia.kernel.access.rules import Move, Role

SEE_UNIONS = Move("see_unions", frozenset({Role.CADRE, Role.CHAIR, Role.OFFICER, Role.AUDITOR}))
REGISTER_UNION = Move("register_union", frozenset({Role.CADRE}))
EDIT_UNION = Move("edit_union", frozenset({Role.CADRE}))
IMPORT_UNIONS = Move("import_unions", frozenset({Role.CADRE}))
# Merged, moved, split and dissolved is only what lies below one's own union, and never by one person alone.
REORGANISE = Move("reorganise", frozenset({Role.CADRE}))
MOVES = (SEE_UNIONS, REGISTER_UNION, EDIT_UNION, IMPORT_UNIONS, REORGANISE)
