"""The page of the board: rows for who meets them, else the totals of one county in a quarter that is over."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.queries import place_names
from niangjia.services.requests.board import queries, shown, totals, totals_shown
from niangjia.services.requests.hotspots.queries import GRIEVANCES, OF, quarters_before, quarters_known
from niangjia.services.requests.hotspots.views import quarter_words
from niangjia.services.requests.rules.board import BACK, months_back, span_of
from niangjia.services.requests.rules.hotspots import K_GRIEVANCES
from niangjia.services.requests.rules.moves import SEE_BOARD, SEE_REQUESTS
from niangjia.services.requests.words import BACK_WORDS

USUAL = "12m"


@login_required
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """The requests that the actor meets; of a county whose requests she does not meet, its totals."""
    actor = who_asks(request)
    if not actor.paths(SEE_BOARD):
        raise Http404
    counties, meets_rows = totals.told_counties(actor), bool(actor.paths(SEE_REQUESTS))
    asked = request.GET.get("county", "")
    county = next((place for place in counties if str(place.pk) == asked), None)
    if county is None and not meets_rows:
        county = counties[0] if counties else None
    if county is not None:
        return render(request, "requests/board_totals.html", _totals(request, county, counties) | {"rows": meets_rows})
    if not meets_rows:
        return render(request, "requests/hotspots_small.html", {"k": K_GRIEVANCES, "is_board": True})
    return render(request, "requests/board.html", _rows(request, actor) | {"tabs": _tabs(counties, None)})


def _rows(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    came = request.GET.get("came", "")
    came = came if came in BACK else USUAL
    now = clock.now()
    span = span_of(came, today=clock.today())
    if span is None:
        raise Http404
    counted = queries.counted(actor, span, at=now)
    return {
        "spans": BACK_WORDS.items(),
        "came": came,
        "span_words": BACK_WORDS[came],
        "figures": shown.figures_of(counted),
        "months": shown.months_of(counted, months_back(clock.today(), BACK[came])),
        "topics": shown.topics_of(counted),
        "sheets": shown.sheets_of(counted, came),
        "is_empty": not counted.lines and not counted.open,
    }


def _totals(request: HttpRequest, county: Place, counties: list[Place]) -> dict[str, Any]:
    quarters = quarters_before(clock.today())
    quarter = quarters_known(quarters, request.GET.get("quarter", ""))
    of = request.GET.get("of", "")
    of = of if of in OF else GRIEVANCES
    names = place_names([place.pk for place in counties])
    told = totals.totals_of(county, quarter, of)
    each = totals.came_in_each(counties, quarter) if len(counties) > 1 else []
    return {
        "county": names.get(county.pk, ""),
        "county_id": county.pk,
        "counties": [(place.pk, names.get(place.pk, "")) for place in counties],
        "quarters": [(code, quarter_words(code)) for code in quarters],
        "quarter": quarter,
        "quarter_words": quarter_words(quarter),
        "groups": totals_shown.GROUPS_TOLD.items(),
        "of": of,
        "of_words": totals_shown.GROUPS_TOLD[of],
        "k": totals_shown.k_of(of),
        "figures": totals_shown.figures_of(told),
        "months": totals_shown.months_of(told),
        "topics": totals_shown.topics_of(told),
        "sheets": totals_shown.sheets_of(told, each, names),
        "tabs": _tabs(counties, county),
    }


def _tabs(counties: list[Place], now: Place | None) -> dict[str, Any]:
    """Those one meets, and the totals of what is below."""
    address = reverse("request_board")
    if not counties:
        return {}
    below = f"{address}?{urlencode({'county': (now or counties[0]).pk})}"
    choices = ((_("在这里办的"), address, None), (_("下面各县的总数"), below, None))
    return {"choices": choices, "now": below if now is not None else address}
