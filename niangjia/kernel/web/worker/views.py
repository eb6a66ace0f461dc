"""Pages of the worker's side: home, services, something under way, my own things, my union."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from niangjia.kernel import clock
from niangjia.kernel.access.own_side import came_by_phone
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.privacy.queries import consents_of, file_of, own_request
from niangjia.kernel.privacy.registered import evidence_with
from niangjia.kernel.web.frames import frame_of
from niangjia.kernel.web.looks import own_looks
from niangjia.kernel.web.worker.finding import found
from niangjia.kernel.web.worker.requests import matter_of
from niangjia.kernel.web.worker.wired import matters_of, notes_for, own_records, services_for, union_of

# look: at most eight services on the first page.
FRONT = 8
SHOWN_DONE = 20
LONGEST_SEARCH = 60


def home(request: HttpRequest) -> HttpResponse:
    """首页: where things stand for this person, how to get something done, and whom to call."""
    actor = who_asks(request)
    services = services_for(actor)
    looks = own_looks(actor)
    shown = {
        "q": "",
        "matters": [each for each in matters_of(actor) if each.is_open],
        "notes": notes_for(actor),
        "front": services[:FRONT],
        "more": len(services) > FRONT,
        "union": union_of(actor),
        "looks": looks,
        "is_registered": actor.subject_id is not None,
        "hotline": settings.COMPLAINTS_PHONE,
    }
    return render(request, "worker/home.html", shown)


@login_required
@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """办事: what one asked for and how far it is, and every service there is, found by a word or its sound."""
    actor = who_asks(request)
    written = request.GET.get("q", "")[:LONGEST_SEARCH].strip()
    every = services_for(actor)
    meant = found(every, written)
    matters = [] if written else matters_of(actor)
    shown = {
        "q": written,
        "found": meant if written else [],
        "groups": _grouped(every if not written or not meant else []),
        "under_way": [each for each in matters if each.is_open],
        "done": [each for each in matters if not each.is_open][:SHOWN_DONE],
        "hotline": settings.COMPLAINTS_PHONE,
    }
    return render(request, "worker/services.html", shown)


@login_required
@require_safe
def request_page(request: HttpRequest, request_id: int) -> HttpResponse:
    """One request of one's own data: where it is, who has it, by when, what comes next, how it got here."""
    actor = who_asks(request)
    asked = own_request(actor.subject_id, request_id)
    if asked is None:
        raise Http404
    union = union_of(actor)
    shown = {
        "matter": matter_of(asked, on=clock.today()),
        "evidence": evidence_with(asked.pk),
        "call": union.callable if union else None,
        "hotline": settings.COMPLAINTS_PHONE,
    }
    return render(request, "worker/matter.html", shown)


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """我的: everything held about oneself, who looked, take it away, correct it, settings."""
    actor = who_asks(request)
    shown: dict[str, Any] = {"by_phone": came_by_phone(request), "records": [], "looks": None}
    if actor.subject_id is not None:
        held = consents_of(actor.subject_id, on=clock.today())
        shown |= {
            "records": own_records(actor),
            "looks": own_looks(actor),
            "given": sum(each.is_given for each in held),
            "number": len(held),
            "asks": any(each.asks_again for each in held),
            "file": file_of(actor.subject_id, at=clock.now()),
        }
    return render(request, "worker/mine.html", shown)


@login_required
@require_safe
def own_union(request: HttpRequest) -> HttpResponse:
    """我的工会: which union it is, whom to call, and who is above it."""
    union = union_of(who_asks(request))
    if union is None:
        raise Http404
    return render(request, "worker/union.html", {"union": union, "hotline": settings.COMPLAINTS_PHONE})


def help_page(request: HttpRequest) -> HttpResponse:
    """怎么用, in a worker's own words: what this is, who sees my data, whom to call."""
    shown = {"frame": frame_of(request), "hotline": settings.COMPLAINTS_PHONE}
    return render(request, "worker/help.html", shown)


def _grouped(services: list[Any]) -> list[tuple[Any, list[Any]]]:
    groups: dict[Any, list[Any]] = {}
    for service in services:
        groups.setdefault(service.group, []).append(service)
    return sorted(groups.items(), key=lambda pair: pair[0].order)
