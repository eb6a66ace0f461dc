"""What may be done at the door of requests besides the moves of a case, and by whom."""

from niangjia.kernel.access.rules import Move, Role
from niangjia.services.requests.rules.workflow import HANDLERS

SEE_REQUESTS = Move("see_requests", HANDLERS)
TAKE_DOWN = Move("take_down_request", HANDLERS)
KEEP_ANSWERS = Move("keep_answers", HANDLERS)
# From the county up, for all below.
KEEP_TOPICS = Move("keep_local_topics", frozenset({Role.CADRE}))
# Totals, never a request: also for auditors.
SEE_HOTSPOTS = Move("see_hotspots", frozenset({Role.CADRE, Role.AUDITOR}))
SEE_BOARD = Move("see_request_board", HANDLERS | {Role.AUDITOR})
