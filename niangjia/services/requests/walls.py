"""Walls around requests: as narrow as that of the case. Answers kept for all hold nothing of a person."""

from niangjia.kernel.acting.walls import ACCOUNT, ANYBODY_NAMED, Wall, stands_in
from niangjia.kernel.cases.walls import at_desk, met
from niangjia.services.requests.rules.workflow import HANDLERS

MET, AT_DESK = met("case_id"), at_desk("case_id")
OF_REQUEST = met("request_id")
TOPICS_KEPT = stands_in("requests_localtopic.place_id", HANDLERS)
ANSWERS_KEPT = stands_in("requests_knownanswer.place_id", HANDLERS)

WALLS = (
    # What begins is written by the program: whoever asks has no right at the place that gets it.
    Wall("requests_request", reads=MET, changes=AT_DESK),
    Wall("requests_addition", reads=OF_REQUEST, adds=f"(account_id = {ACCOUNT} AND {OF_REQUEST})"),
    Wall("requests_press", reads=OF_REQUEST, adds=f"(account_id = {ACCOUNT} AND {OF_REQUEST})"),
    Wall("requests_localtopic", reads=ANYBODY_NAMED, adds=TOPICS_KEPT, changes=TOPICS_KEPT),
    Wall("requests_knownanswer", reads=ANYBODY_NAMED, adds=ANSWERS_KEPT, changes=ANSWERS_KEPT),
)
