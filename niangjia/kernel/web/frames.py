"""Which frame a page stands in that everybody may open: the desk, the worker's side, or the door."""

from django.http import HttpRequest

from niangjia.kernel.access.second_factor import needs_second_factor
from niangjia.kernel.web.context import NOBODY

DESK = "web/desk.html"
PHONE = "web/phone.html"
DOOR = "web/signin.html"


def frame_of(request: HttpRequest) -> str:
    """The frame for whoever asks."""
    actor = getattr(request, "actor", NOBODY)
    if actor.account_id is None:
        return DOOR
    return DESK if needs_second_factor(actor) else PHONE
