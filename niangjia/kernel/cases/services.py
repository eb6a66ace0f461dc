"""What happens to cases: each of these is one transaction, with its step and its entry in the journal."""

from niangjia.kernel.cases.barring import bar, barred_from
from niangjia.kernel.cases.deciding import Many, decide, decide_many
from niangjia.kernel.cases.extending import extend
from niangjia.kernel.cases.handing import Offer, accept, assign, decline, end_help, offer, take_back, take_up
from niangjia.kernel.cases.joining import join
from niangjia.kernel.cases.making import Act, make
from niangjia.kernel.cases.opening import open_case
from niangjia.kernel.cases.rating import rate
from niangjia.kernel.cases.refusals import NotMade

__all__ = [
    "Act",
    "Many",
    "NotMade",
    "Offer",
    "accept",
    "assign",
    "bar",
    "barred_from",
    "decide",
    "decide_many",
    "decline",
    "end_help",
    "extend",
    "join",
    "make",
    "offer",
    "open_case",
    "rate",
    "take_back",
    "take_up",
]
