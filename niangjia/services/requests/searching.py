"""Requests in the box on top: by number, employer, place and topic; what was said is sealed and is not searched."""

from typing import Any

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.search import Asked, Found, Hit, SearchSource
from niangjia.kernel.search.lists import MOST, more
from niangjia.services.requests import queries
from niangjia.services.requests.listing import REQUESTS, badge_of, employer_of, title_of
from niangjia.services.requests.rules.moves import SEE_REQUESTS


def _hit(request: Any) -> Hit:
    return Hit(
        title_of(request), (request.case.number, employer_of(request)), f"/requests/{request.pk}/", badge_of(request)
    )


def _find(actor: Actor, asked: Asked, limit: int) -> Found:
    rows = queries.found_by(queries.visible_to(actor), asked.text).order_by("-pk")
    found = list(rows[: MOST + 1])
    return Found(tuple(map(_hit, found[:limit])), *more(REQUESTS, asked, total=len(found), limit=limit))


REQUESTS_FOUND = SearchSource("requests", REQUESTS.title, "message-report", _find, SEE_REQUESTS)
