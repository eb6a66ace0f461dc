"""The page of an action on many rows that goes on in the background: how far it is, and what it came to."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.listing.declaration import Badge
from niangjia.kernel.listing.exporting import listings
from niangjia.kernel.listing.runs.models import BulkRun
from niangjia.kernel.listing.runs.queries import runs_of
from niangjia.kernel.listing.runs.rules import OPEN_RUN, RunState

BADGES = {
    RunState.WAITING.value: Badge("wait", gettext_lazy("等着办")),
    RunState.RUNNING.value: Badge("doing", gettext_lazy("正在办")),
    RunState.DONE.value: Badge("done", gettext_lazy("办完了")),
    RunState.STOPPED.value: Badge("late", gettext_lazy("停下了")),
}
WHY: dict[str, str | Promise] = {
    "right_gone": gettext_lazy("您现在不能办这件事了，剩下的没有办。"),
    "refused": gettext_lazy("要办成的样子现在不成立了，剩下的没有办。回到名单再看一遍。"),
    "failed": gettext_lazy("系统这边出了错，剩下的没有办。办过的都算数，回到名单再办剩下的，不会办两次。"),
}


@login_required
@require_safe
def show(request: HttpRequest, run_id: int) -> HttpResponse:
    """One's own: how far it is, or the counts at its end."""
    return render(request, "listing/run.html", _context(request, run_id))


@login_required
@require_safe
def progress(request: HttpRequest, run_id: int) -> HttpResponse:
    """How far it is; once it is over the whole page comes anew."""
    context = _context(request, run_id)
    response = render(request, "listing/run_progress.html", context)
    if not context["is_open"]:
        response["HX-Refresh"] = "true"
    return response


def _context(request: HttpRequest, run_id: int) -> dict[str, Any]:
    run = get_object_or_404(runs_of(who_asks(request)), pk=run_id)
    listing = listings().get(run.listing)
    action = next((each for each in listing.actions if each.key == run.action), None) if listing else None
    return {
        "run": run,
        "badge": BADGES[run.state],
        "listing": listing,
        "words": action.words if action else run.action,
        "value": _value_of(action, run, request),
        "is_open": run.state in OPEN_RUN,
        "left": [(_(words), number) for words, number in run.left.items()],
        "untouched": run.total - run.handled,
        "why": WHY.get(run.why, ""),
        "back": reverse(listing.name) if listing else "/",
    }


def _value_of(action: Any, run: BulkRun, request: HttpRequest) -> Any:
    return dict(action.choices_for(who_asks(request))).get(run.value, run.value) if action else run.value
