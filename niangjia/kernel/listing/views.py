"""The page of a declared list, and the same without its frame for htmx."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from niangjia.kernel.listing.declaration import Listing
from niangjia.kernel.listing.exporting import export_address
from niangjia.kernel.listing.page import ListPage, page_of

REMEMBERED = "lists"
WHOLE = "listing/page.html"
FRAGMENT = "listing/rows.html"


def list_page(listing: Listing) -> Callable[[HttpRequest], HttpResponse]:
    """The view of a declared list: whole page, or only its rows where htmx asks for them."""

    def view(request: HttpRequest) -> HttpResponse:
        actor = request.actor  # type: ignore[attr-defined]  # set by the middleware
        if listing.move is not None and not actor.paths(listing.move):
            raise Http404
        page = page_of(listing, request)
        _remember(request, listing, page)
        htmx = request.htmx  # type: ignore[attr-defined]  # set by django-htmx
        only_rows = htmx and not htmx.boosted and not htmx.history_restore_request
        buttons = [button for button in listing.buttons if button.is_for(actor)]
        context = {
            "list": page,
            "listing": listing,
            "buttons": buttons,
            "export": export_address(listing, page.remembered),
        }
        response = render(request, FRAGMENT if only_rows else WHOLE, context)
        patch_vary_headers(response, ("HX-Request",))
        return response

    view.__name__ = f"list_{listing.name}"
    view.listing = listing  # type: ignore[attr-defined]  # so that a test finds every list there is
    return login_required(require_safe(view))


def _remember(request: HttpRequest, listing: Listing, page: ListPage) -> None:
    """Keep search, filters and order in the session, so that the list is found again as it was left."""
    lists = request.session.get(REMEMBERED, {})
    if lists.get(listing.name, "") != page.remembered:
        request.session[REMEMBERED] = lists | {listing.name: page.remembered}
