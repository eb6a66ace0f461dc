"""Files handed in one by one, while the form is still being written."""

import re
from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.files.drafts import drop, hold
from niangjia.kernel.files.forms import size_words
from niangjia.kernel.files.rules import Kind
from niangjia.kernel.files.services import Refused
from niangjia.kernel.files.uploading import takes_files
from niangjia.kernel.places.models import Place
from niangjia.kernel.privacy.registered import persons

FIELD = re.compile(r"[a-z][a-z0-9_-]{0,31}")


@login_required
@takes_files
@require_POST
def take_draft(request: HttpRequest) -> HttpResponse:
    """Hold one file, and answer it as the form shows it; or say in one sentence why it is not taken."""
    file, name = request.FILES.get("file"), request.POST.get("name", "")
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the middleware
    place = place_of(actor)
    if file is None or place is None or not FIELD.fullmatch(name):
        raise Http404
    try:
        stored = hold(file, place=place, by=actor)
    except Refused as refused:
        words = _(refused.reason.sentence).format(**refused.reason.values)
        return HttpResponse(words, status=HTTPStatus.UNPROCESSABLE_ENTITY, content_type="text/plain; charset=utf-8")
    shown = {
        "file": stored,
        "is_picture": stored.kind == Kind.PICTURE,
        "size": size_words(stored.size_bytes),
        "name": name,
    }
    return render(request, "files/held.html", shown)


@login_required
@require_POST
def remove_draft(request: HttpRequest, file_id: int) -> HttpResponse:
    """Let go of a draft of one's own; one that is not there, or not hers, is answered alike."""
    drop(file_id, by=request.actor)  # type: ignore[attr-defined]  # set by the middleware
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def place_of(actor: Actor) -> Place | None:
    """Where a file rests until it belongs to something: where somebody acts, or where she belongs as a member."""
    ids = [right.place_id for right in actor.rights if right.place_id]
    if not ids and actor.subject_id is not None:
        standing = persons().standing_of(actor.subject_id)
        ids = [standing.place_id] if standing and standing.place_id else []
    return Place.objects.filter(pk=ids[0]).first() if ids else None
