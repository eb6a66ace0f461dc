"""Pages of saved views: keep filters under a name, change them, forget them, and the number of each."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.listing.asked import listing_or_404
from niangjia.kernel.listing.declaration import Listing
from niangjia.kernel.listing.exporting import listings
from niangjia.kernel.listing.models import SavedView
from niangjia.kernel.listing.page import ListPage
from niangjia.kernel.listing.queries import visible_to
from niangjia.kernel.listing.rules import LONGEST_NAME, SHARE_VIEW, ViewFacts, why_not_kept
from niangjia.kernel.listing.services import ListRefused, change_view, delete_view, save_view

FORM = "listing/view.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, listing: str) -> HttpResponse:
    """Keep the filters of the address under a name."""
    page = _page(request, listing_or_404(request, listing), request.GET)
    facts, wrong = _facts(request), {}
    if request.method == "POST":
        try:
            view = save_view(page, facts, by=page.actor)
        except ListRefused as refusal:
            wrong = {refusal.field: _in_words(refusal)}
        else:
            messages.success(request, _("存好了「{name}」，在名单上面。").format(name=view.name))
            return redirect(_address(view))
    elif not page.can_be_kept and (reason := why_not_kept(page.kept_view, has_number=bool(page.kept_view), so_many=0)):
        wrong = {"whole": _(reason.sentence)}
    return render(request, FORM, _context(page, facts, wrong))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, listing: str, view_id: int) -> HttpResponse:
    """Change one's own view; of somebody else's it is said whose it is."""
    view = _view_or_404(request, listing, view_id)
    actor = who_asks(request)
    page = _page(request, listings()[listing], QueryDict(view.asked))
    kept = ViewFacts(view.name, view.is_shared, view.counts)
    facts, wrong = _facts(request) if request.method == "POST" else kept, {}
    if request.method == "POST":
        try:
            view = change_view(view, facts, by=actor)
        except ListRefused as refusal:
            wrong = {refusal.field: _in_words(refusal)}
        else:
            messages.success(request, _("改好了。"))
            return redirect(_address(view))
    return render(request, FORM, _context(page, facts, wrong) | {"view": view, "is_mine": _is_mine(view, actor)})


@login_required
@require_POST
def delete(request: HttpRequest, listing: str, view_id: int) -> HttpResponse:
    """Forget one's own view."""
    view = _view_or_404(request, listing, view_id)
    delete_view(view, by=who_asks(request))
    messages.success(request, _("删掉了「{name}」，名单里的内容没有变。").format(name=view.name))
    return redirect(listing)


@login_required
@require_safe
def count(request: HttpRequest, listing: str, view_id: int) -> HttpResponse:
    """How many rows a view shows now: asked for after its page, so that the page never waits."""
    view = _view_or_404(request, listing, view_id)
    page = _page(request, listings()[listing], QueryDict(view.asked))
    return HttpResponse(f"{page.total:,}{'+' if page.is_beyond_count else ''}")


def _view_or_404(request: HttpRequest, name: str, view_id: int) -> SavedView:
    listing = listing_or_404(request, name)
    view = visible_to(who_asks(request)).filter(pk=view_id, listing=listing.name).select_related("account").first()
    if view is None:
        raise Http404
    return view


def _page(request: HttpRequest, listing: Listing, asked: QueryDict) -> ListPage:
    return ListPage(listing, actor=who_asks(request), asked=asked)


def _facts(request: HttpRequest) -> ViewFacts:
    given = request.POST
    name = given.get("name", "").replace("\x00", "")[: 4 * LONGEST_NAME]
    return ViewFacts(name, bool(given.get("is_shared")), bool(given.get("counts")))


def _context(page: ListPage, facts: ViewFacts, wrong: dict[str, str]) -> dict[str, Any]:
    return {
        "listing": page.listing,
        "list": page,
        "back": f"{reverse(page.listing.name)}?{page.kept_view}",
        "facts": facts,
        "wrong": wrong,
        "longest": LONGEST_NAME,
        "may_share": bool(page.actor.paths(SHARE_VIEW)),
        "is_mine": True,
    }


def _is_mine(view: SavedView, actor: Actor) -> bool:
    return view.account_id == actor.account_id


def _in_words(refusal: ListRefused) -> str:
    return _(refusal.reason.sentence).format(**refusal.reason.values)


def _address(view: SavedView) -> str:
    return f"{reverse(view.listing)}?{view.asked}"
