"""The page of the box, and the suggestions under it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from niangjia.kernel.access.second_factor import needs_second_factor
from niangjia.kernel.search.rules import LONGEST, Asked
from niangjia.kernel.search.searching import groups_for

IN_ADDRESS = "number"
DESK, PHONE = "web/desk.html", "web/phone.html"


@csrf_exempt  # a search changes nothing and need not count once; the token is looked at below
@login_required
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """All that is found, in groups; a whole number is looked for only where it came by POST."""
    actor = request.actor  # type: ignore[attr-defined]  # set by the middleware
    posted = request.method == "POST"
    asked = Asked.typed((request.POST if posted else request.GET).get("q", ""))
    if asked.is_number and not posted:
        return redirect(f"{reverse('search')}?{IN_ADDRESS}=1")
    shown = {
        "asked": asked,
        "groups": groups_for(actor, asked),
        "in_address": IN_ADDRESS in request.GET,
        "longest": LONGEST,
        "frame": DESK if needs_second_factor(actor) else PHONE,
    }
    return render(request, "search/page.html", shown)


@csrf_exempt  # as above
@login_required
@csrf_protect
@require_POST
def suggestions(request: HttpRequest) -> HttpResponse:
    """What the box offers while somebody types: by POST, so that half a number stands in no address either."""
    asked = Asked.typed(request.POST.get("q", ""))
    groups = groups_for(request.actor, asked, is_typing=True)  # type: ignore[attr-defined]  # set by the middleware
    return render(request, "search/suggestions.html", {"asked": asked, "groups": groups})
