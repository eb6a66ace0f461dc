"""Pages of actions on many rows: what would happen is said first, a second press does it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.listing.asked import listing_or_404
from niangjia.kernel.listing.declaration import BulkAction, Listing, Preview
from niangjia.kernel.listing.page import ListPage
from niangjia.kernel.listing.rules import MOST_AT_ONCE, print_of
from niangjia.kernel.listing.runs.models import BulkRun
from niangjia.kernel.listing.runs.services import act_on
from niangjia.kernel.listing.services import ChangedMeanwhile, ListRefused, look_at

LONGEST_VALUE = 128


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: HttpRequest, listing: str, action: str) -> HttpResponse:
    """Choose, look, confirm: three steps on one page."""
    declared = listing_or_404(request, listing)
    act = next((each for each in declared.actions if each.key == action), None)
    actor = who_asks(request)
    if act is None or not actor.paths(act.move):
        raise Http404
    page = _chosen(declared, actor, request.GET)
    if page is None:
        messages.info(request, _("还没有选。先在名单上打勾，再点要办的事。"))
        return redirect(declared.name)
    value = request.GET.get("value", "").replace("\x00", "").strip()[:LONGEST_VALUE]
    preview = look_at(act, page.matching, value, by=actor) if value else None
    has_changed = False
    if request.method == "POST" and value:
        try:
            done = act_on(page, act, value, agreed=request.POST.get("agreed", ""))
        except ChangedMeanwhile as changed:
            preview, has_changed = changed.preview, True
        except ListRefused as refusal:
            preview = Preview(refusal=refusal.reason)
        else:
            if isinstance(done, BulkRun):
                return redirect("list_run", run_id=done.pk)
            _tell(request, done, preview)
            return redirect(f"{reverse(declared.name)}?{_kept(page)}")
    context = _context(act, page, value, preview) | {"has_changed": has_changed, "carried": _carried(request)}
    return render(request, "listing/bulk.html", context)


@login_required
@require_safe
def ticked(request: HttpRequest, listing: str) -> HttpResponse:
    """Take the ticked rows out: the same page of exports, with these rows alone."""
    declared = listing_or_404(request, listing)
    if declared.stays:
        raise Http404
    page = _chosen(declared, who_asks(request), request.GET)
    if page is None:
        messages.info(request, _("还没有选。先在名单上打勾，再点要办的事。"))
        return redirect(declared.name)
    return redirect(f"{reverse('export_new')}?list={declared.name}&{page.asked_now}")


def _chosen(listing: Listing, actor: Actor, asked: QueryDict) -> ListPage | None:
    """The rows that were ticked, or all that the filters leave; None where nothing was chosen."""
    wanted = asked.copy()
    if asked.get("all") == "yes":
        wanted.pop("only", None)
        return ListPage(listing, actor=actor, asked=wanted)
    page = ListPage(listing, actor=actor, asked=wanted)
    return page if page.only else None


def _context(act: BulkAction, page: ListPage, value: str, preview: Preview | None) -> dict[str, Any]:
    choices = act.choices_for(page.actor)
    changes = len(preview.changes) if preview else 0
    refusal = preview.refusal if preview else None
    return {
        "action": act,
        "listing": page.listing,
        "chosen": page.counted,
        "value": value,
        "words": dict(choices).get(value, value),
        "choices": choices,
        "preview": preview,
        "refused": _(refusal.sentence).format(**refusal.values) if refusal else "",
        "changes": changes,
        "in_background": changes > MOST_AT_ONCE,
        "changed": _counted(page.listing, changes),
        "left": _counted(page.listing, preview.left_alone) if preview else "",
        "agreed": print_of(act.key, value, preview.changes) if preview else "",
        "back": f"{reverse(page.listing.name)}?{_kept(page)}",
    }


def _carried(request: HttpRequest) -> list[tuple[str, str]]:
    """What the address asks, for a form that asks again with another value."""
    return [(name, value) for name, values in request.GET.lists() for value in values if name != "value"]


def _kept(page: ListPage) -> str:
    return page.kept_view


def _counted(listing: Listing, number: int) -> str:
    return f"{number:,}" if listing.counted is None else str(listing.counted(number))


def _tell(request: HttpRequest, done: int, preview: Preview | None) -> None:
    left = preview.left_alone if preview else 0
    words = ngettext("办好了 %(n)s 条。", "办好了 %(n)s 条。", done) % {"n": f"{done:,}"}
    stayed = ngettext("%(n)s 条没有变。", "%(n)s 条没有变。", left) % {"n": f"{left:,}"} if left else ""
    messages.success(request, f"{words}{stayed}")
