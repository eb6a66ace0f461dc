"""The product with views of no work beside its own: what a request costs before anything is asked or shown."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from niangjia.config.urls import urlpatterns as product
from niangjia.kernel.listing.page import ListPage
from niangjia.kernel.web.frames import frame_of
from niangjia.kernel.web.templatetags.niangjia_list import list_rows
from niangjia.registers.members.listing import MEMBERS


def empty(_request: HttpRequest) -> HttpResponse:
    """Constant bytes."""
    return HttpResponse(b"nothing")


def frame(request: HttpRequest) -> HttpResponse:
    """The frame of a page with nothing in it."""
    return render(request, frame_of(request))


def rows(request: HttpRequest) -> HttpResponse:
    """The rows of the list of members alone: no frame, no filters, no count."""
    page = ListPage(MEMBERS, actor=request.actor, asked=request.GET)  # type: ignore[attr-defined]  # set by the middleware
    page.total = MEMBERS.per_page + 1
    return HttpResponse(list_rows(page, ticks=True, opens=True))


urlpatterns = [path("floor/empty/", empty), path("floor/frame/", frame), path("floor/rows/", rows), *product]
