"""Pages that belong to no line of work: the first page, settings, where to complain, how to use the program."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.own_side import came_by_phone
from niangjia.kernel.access.second_factor import has_second_factor, needs_second_factor
from niangjia.kernel.web.forms import LookForm
from niangjia.kernel.web.frames import DESK, frame_of
from niangjia.kernel.web.look import Look, keep, look_of, wanted
from niangjia.kernel.web.returning import page_meant, safe_next
from niangjia.kernel.web.today import day_of
from niangjia.kernel.web.todo import Group
from niangjia.kernel.web.worker.views import help_page, home


@login_required
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """The first page: what waits for a cadre, or where things stand for a worker."""
    actor = request.actor  # type: ignore[attr-defined]  # set by the middleware
    if needs_second_factor(actor):
        on = clock.today()
        return render(request, "web/today.html", {"on": on, "day": day_of(actor, on=on, opened=_opened(request))})
    return home(request)


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Change language, theme or size of type with one press, and stay on the page."""
    keep(request, wanted(request.POST))
    return redirect(_back(request))


@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    """All settings of a person on one page."""
    now: Look = look_of(request.user, request.session)
    given = {"language": now.language, "theme": now.theme, "large_type": "on" if now.large_type else "off"}
    form = LookForm(request.POST or None, initial=given)
    if form.is_valid():
        keep(request, wanted(form.cleaned_data))
        messages.success(request, _("已保存，从现在起生效。"))
        return redirect("settings")
    user = request.user
    shown: dict[str, Any] = {
        "form": form,
        "frame": frame_of(request),
        "second_factor": isinstance(user, Account) and has_second_factor(user),
        "by_phone": came_by_phone(request),
    }
    return render(request, "web/settings.html", shown)


@require_safe
def complain(request: HttpRequest) -> HttpResponse:
    """Where a complaint goes: a telephone, a mail address; nothing is promised that is not there."""
    shown = {
        "frame": frame_of(request),
        "page": page_meant(request),
        "phone": settings.COMPLAINTS_PHONE,
        "email": settings.COMPLAINTS_EMAIL,
    }
    return render(request, "web/complaints.html", shown)


@require_safe
def how_to(request: HttpRequest) -> HttpResponse:
    """How the program is used, on one page: at the desk, or in a worker's own words."""
    frame = frame_of(request)
    return render(request, "web/how_to.html", {"frame": frame}) if frame == DESK else help_page(request)


def _opened(request: HttpRequest) -> Group | None:
    wanted = request.GET.get("show", "")
    return Group(wanted) if wanted in set(Group) else None


def _back(request: HttpRequest) -> str:
    return safe_next(request) or "/"
