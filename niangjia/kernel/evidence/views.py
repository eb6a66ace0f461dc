"""这里不对: ask for a fact to be put right, with what shows it; 申请删除: ask for erasure, signed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.evidence.forms import EvidencedForm, SignedForm
from niangjia.kernel.evidence.services import ask_erasure_signed, ask_with_evidence
from niangjia.kernel.files.draft_views import place_of
from niangjia.kernel.files.drafts import Handed, hold_all
from niangjia.kernel.files.forms import FilesField, Given
from niangjia.kernel.files.models import StoredFile
from niangjia.kernel.files.services import Refused
from niangjia.kernel.files.signatures import hold_signature
from niangjia.kernel.files.uploading import takes_files
from niangjia.kernel.privacy.asking import NotAsked
from niangjia.kernel.privacy.consenting import standing_of
from niangjia.kernel.privacy.models import RightsRequest
from niangjia.kernel.privacy.proving import proved_again_to_write
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


@login_required
@takes_files
@require_http_methods(["GET", "POST"])
@proved_again_to_write
def erase(request: HttpRequest) -> HttpResponse:
    """申请删除: what stands against it, what goes, what stays by which law; signed and posted it asks for it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the middleware
    standing = standing_of(actor.subject_id)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SignedForm(*given, name=standing.name)
    if form.is_valid():
        asked = _asked_signed(form, by=actor)
        if asked is not None:
            messages.success(request, _("申请已交给工会。办好以后账号也一起注销。"))
            return redirect("my_request", request_id=asked.pk)
    against = [sentence(reason) for reason in standing.against]
    return render(request, "privacy/erase.html", {"form": form, "against": against})


def _asked_signed(form: SignedForm, *, by: Actor) -> RightsRequest | None:
    """The request; None where it cannot be made or the drawing is no signature, with the reason on the form."""
    try:
        return ask_erasure_signed(_signature(form, by=by), form.cleaned_data["typed_name"].strip(), by=by)
    except NotAsked as refused:
        form.add_error(None, sentence(refused.reason))
    except Refused as refused:
        form.add_error("signature", sentence(refused.reason))
    return None


def _signature(form: SignedForm, *, by: Actor) -> StoredFile | None:
    place, drawn = place_of(by), form.cleaned_data["signature"]
    return hold_signature(drawn, place=place, by=by) if place and drawn else None


def _handed(form: EvidencedForm, actor: Actor) -> Handed:
    """Hold what came with the form, whatever else is wrong with it, and show it there."""
    field = form.fields["papers"]
    assert isinstance(field, FilesField)  # noqa: S101 - what it was declared as, for the types
    given: Given = form["papers"].data
    place = place_of(actor)
    handed = hold_all(given.files, given.kept, place=place, by=actor) if place else Handed()
    field.show(handed)
    return handed
