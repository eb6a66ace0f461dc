"""Walls around requests: who asked, and who handles near where it is held. Answers kept for all hold nothing of a person.

Who handles at a city or above meets only what is held at that very place; of what is below she is told totals.
"""

from niangjia.kernel.acting.walls import ACCOUNT, ANYBODY_NAMED, Wall, paths_of, stands_in
from niangjia.kernel.cases import walls as cases
from niangjia.services.requests.rules.workflow import HANDLERS

TOPICS_KEPT = stands_in("requests_localtopic.place_id", HANDLERS)
ANSWERS_KEPT = stands_in("requests_knownanswer.place_id", HANDLERS)


def at_desk(case: str) -> str:
    """Whether a request is held near where the actor handles, and she need not keep away from it."""
    return f"request_is_at_desk({case}, {paths_of(HANDLERS)}, {ACCOUNT})"


def met(case: str) -> str:
    """Whether the actor meets a request."""
    return f"({cases.mine(case)} OR {at_desk(case)})"


def around_requests(*, reads: str, changes: str, of_request: str) -> tuple[Wall, ...]:
    """The walls of a request and of what hangs on it."""
    adds = f"(account_id = {ACCOUNT} AND {of_request})"
    return (
        # What begins is written by the program: whoever asks has no right at the place that gets it.
        Wall("requests_request", reads=reads, changes=changes),
        Wall("requests_addition", reads=of_request, adds=adds),
        Wall("requests_press", reads=of_request, adds=adds),
    )


KEPT_FOR_ALL = (
    Wall("requests_localtopic", reads=ANYBODY_NAMED, adds=TOPICS_KEPT, changes=TOPICS_KEPT),
    Wall("requests_knownanswer", reads=ANYBODY_NAMED, adds=ANSWERS_KEPT, changes=ANSWERS_KEPT),
)
# As wide as that of the case: the first migration built them so.
WIDE = around_requests(reads=cases.met("case_id"), changes=cases.at_desk("case_id"), of_request=cases.met("request_id"))
NEAR = around_requests(reads=met("case_id"), changes=at_desk("case_id"), of_request=met("request_id"))
WALLS = (*NEAR, *KEPT_FOR_ALL)
