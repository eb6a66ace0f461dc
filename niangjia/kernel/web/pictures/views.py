"""What the rich parts of pages ask for: boundaries of a map; and the page that shows them all."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from niangjia.kernel import clock
from niangjia.kernel.boundaries.queries import as_collection, boundaries_below
from niangjia.kernel.web.frames import DESK, frame_of
from niangjia.kernel.web.pictures.examples import ExampleForm, charts, map_of_towns, map_without_boundaries


@login_required
@require_safe
def boundaries(_request: HttpRequest, region: str) -> HttpResponse:
    """How the regions below one are drawn today, for whoever is signed in: they are printed on any map; none where none is loaded."""
    found = as_collection(boundaries_below(region, on=clock.today()))
    return JsonResponse(found, content_type="application/geo+json")


@login_required
@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Charts, maps and the other rich parts in every state, on the two faces; with invented figures."""
    if frame_of(request) != DESK:
        raise Http404
    face = "web/phone.html" if request.GET.get("face") == "phone" else "web/desk.html"
    form = ExampleForm(actor=request.actor)  # type: ignore[attr-defined]  # set by the middleware
    form.show_refused()
    shown = {
        "form": form,
        "address": request.build_absolute_uri("/"),
        "face": face,
        "charts": charts(),
        "map": map_of_towns(),
        "unmapped": map_without_boundaries(),
    }
    return render(request, "web/style_pictures.html", shown)
