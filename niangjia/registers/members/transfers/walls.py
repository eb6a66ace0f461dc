"""Which settled transfers are read: also by the union that let the member go, where she is no member any more."""

from niangjia.kernel.acting.walls import Sight, stands_in
from niangjia.registers.members.rules.moves import SETTLE_TRANSFER

LET_GO = stands_in("members_transferproposal.from_union_id", SETTLE_TRANSFER.roles)
WALLS = (Sight("members_transferproposal", "let_go", LET_GO),)
