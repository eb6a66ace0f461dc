"""The page of a declared list, the same without its frame for htmx, and one row beside it."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from niangjia.kernel.listing.declaration import Drawer, Listing
from niangjia.kernel.listing.exporting import export_address, listings
from niangjia.kernel.listing.page import ListPage, page_of
from niangjia.kernel.listing.queries import tabs_of

REMEMBERED = "lists"
WHOLE = "listing/page.html"
FRAGMENT = "listing/rows.html"
# What htmx says it will replace: the list, or what stands beside it.
LIST, BESIDE = "list", "drawer"


def list_page(listing: Listing, *, drawer: Drawer | None = None) -> Callable[[HttpRequest], HttpResponse]:
    """The view of a declared list: whole page, only its rows where htmx asks for them, or one row for the drawer."""

    def view(request: HttpRequest) -> HttpResponse:
        actor = request.actor  # type: ignore[attr-defined]  # set by the middleware
        if listing.move is not None and not actor.paths(listing.move):
            raise Http404
        page = page_of(listing, request)
        row = _opened(drawer, page)
        if _target(request) == BESIDE:
            response = _beside(request, page, drawer, row)
        else:
            _remember(request, listing, page)
            template = FRAGMENT if _is_for_rows(request) else WHOLE
            response = render(request, template, _context(page, drawer) | _in_drawer(request, drawer, row))
        patch_vary_headers(response, ("HX-Request", "HX-Target"))
        return response

    view.__name__ = f"list_{listing.name}"
    # So that a test finds every list there is, and what opens beside it.
    view.listing, view.drawer = listing, drawer  # type: ignore[attr-defined]
    return login_required(require_safe(view))


def _context(page: ListPage, drawer: Drawer | None) -> dict[str, Any]:
    listing, actor = page.listing, page.actor
    export, is_wired = export_address(listing, page.remembered), listing.name in listings()
    actions = [action for action in listing.actions if actor.paths(action.move)]
    return {
        "list": page,
        "listing": listing,
        "buttons": [button for button in listing.buttons if button.is_for(actor)],
        "export": export,
        "tabs": tabs_of(page) if is_wired else (),
        "actions": actions,
        "ticks": bool(export or actions),
        "opens": drawer is not None,
    }


def _opened(drawer: Drawer | None, page: ListPage) -> Any:
    """The row that the address opens, as far as this actor may see it."""
    if drawer is None or page.opened is None:
        return None
    return page.listing.visible_to(page.actor).filter(pk=page.opened).first()


def _in_drawer(request: HttpRequest, drawer: Drawer | None, row: Any) -> dict[str, Any]:
    if drawer is None or row is None:
        return {}
    return drawer.context(request, row) | {"drawer": drawer.template, "row": row}


def _beside(request: HttpRequest, page: ListPage, drawer: Drawer | None, row: Any) -> HttpResponse:
    if drawer is None or row is None:
        raise Http404
    return render(request, drawer.template, _in_drawer(request, drawer, row) | {"list": page})


def _target(request: HttpRequest) -> str:
    htmx = request.htmx  # type: ignore[attr-defined]  # set by django-htmx
    return htmx.target or "" if htmx and not htmx.history_restore_request else ""


def _is_for_rows(request: HttpRequest) -> bool:
    htmx = request.htmx  # type: ignore[attr-defined]  # set by django-htmx
    if not htmx or htmx.history_restore_request:
        return False
    return not htmx.boosted or htmx.target == LIST


def _remember(request: HttpRequest, listing: Listing, page: ListPage) -> None:
    """Keep search, filters and order in the session, so that the list is found again as it was left."""
    lists = request.session.get(REMEMBERED, {})
    if lists.get(listing.name, "") != page.remembered:
        request.session[REMEMBERED] = lists | {listing.name: page.remembered}
