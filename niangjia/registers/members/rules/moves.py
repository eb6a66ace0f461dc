"""What may be done with members, and by whom."""

from niangjia.kernel.access.rules import Move, Role

SEE_MEMBERS = Move("see_members", frozenset({Role.CADRE, Role.CHAIR, Role.OFFICER}))
EDIT_MEMBERS = Move("edit_members", frozenset({Role.CADRE, Role.CHAIR}))
IMPORT_ROSTER = Move("import_roster", frozenset({Role.CADRE, Role.CHAIR}))
UNDO_IMPORT = Move("undo_import", frozenset({Role.CADRE, Role.CHAIR}))
SETTLE_TRANSFER = Move("settle_transfer", frozenset({Role.CADRE, Role.CHAIR}))
# Keep a membership on, take it up again, write down a death; propose an exit and decide on what another proposed.
CHANGE_MEMBERSHIP = Move("change_membership", frozenset({Role.CADRE, Role.CHAIR}))
