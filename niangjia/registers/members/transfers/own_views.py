"""The page on which a member follows her own transfer."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.web.worker.wired import union_of
from niangjia.registers.members.transfers.own_side import matter_of
from niangjia.registers.members.transfers.queries import of_person


@login_required
@require_safe
def mine(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """Where it is, who has it, by when, and how it came here."""
    actor = who_asks(request)
    found = get_object_or_404(of_person(actor.subject_id or 0), pk=transfer_id)
    union = union_of(actor)
    shown = {
        "matter": matter_of(found),
        "evidence": (),
        "call": union.callable if union else None,
        "hotline": settings.COMPLAINTS_PHONE,
    }
    return render(request, "worker/matter.html", shown)
