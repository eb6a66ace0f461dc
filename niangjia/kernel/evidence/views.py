"""这里不对: ask for a fact to be put right, with what shows it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.evidence.forms import EvidencedForm
from niangjia.kernel.evidence.services import ask_with_evidence
from niangjia.kernel.files.draft_views import place_of
from niangjia.kernel.files.drafts import Handed, hold_all
from niangjia.kernel.files.forms import FilesField, Given
from niangjia.kernel.files.uploading import takes_files
from niangjia.kernel.privacy.asking import NotAsked
from niangjia.kernel.privacy.consenting import standing_of
from niangjia.kernel.privacy.views import sentence


@login_required
@takes_files
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest) -> HttpResponse:
    """Ask for a correction; what was handed in stays where something else is wrong."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the middleware
    standing_of(actor.subject_id)
    if request.method != "POST":
        first = {"fact": request.GET.get("fact", "")}
        return render(request, "privacy/correction.html", {"form": EvidencedForm(initial=first)})
    form = EvidencedForm(request.POST, request.FILES)
    handed = _handed(form, actor)
    if form.is_valid() and not handed.refused:
        given = form.cleaned_data
        try:
            asked = ask_with_evidence(given["fact"], given["says"], handed.held, by=actor)
        except NotAsked as refused:
            form.add_error(None, sentence(refused.reason))
        else:
            messages.success(request, _("收到了，已交给工会核对。"))
            return redirect("my_request", request_id=asked.pk)
    return render(request, "privacy/correction.html", {"form": form})


def _handed(form: EvidencedForm, actor: Actor) -> Handed:
    """Hold what came with the form, whatever else is wrong with it, and show it there."""
    field = form.fields["papers"]
    assert isinstance(field, FilesField)  # noqa: S101 - what it was declared as, for the types
    given: Given = form["papers"].data
    place = place_of(actor)
    handed = hold_all(given.files, given.kept, place=place, by=actor) if place else Handed()
    field.show(handed)
    return handed
