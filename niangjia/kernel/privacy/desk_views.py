"""At the desk: what people ask of their own data, and what they signed on paper."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor, why_not
from niangjia.kernel.privacy.asking import (
    ForAnother,
    NotAsked,
    refuse_erasure,
    settle_correction,
    take_down_erasure,
)
from niangjia.kernel.privacy.consenting import Act, NotConsented, Paper, record_paper, standing_of
from niangjia.kernel.privacy.erasing import carry_out, why_not_erasable
from niangjia.kernel.privacy.forms import PaperErasureForm, PaperForm, RefusalForm
from niangjia.kernel.privacy.models import RightsRequest
from niangjia.kernel.privacy.queries import consents_seen, open_requests, says_of, visible_to
from niangjia.kernel.privacy.registered import evidence_with, persons
from niangjia.kernel.privacy.rules import (
    ERASE_PERSON,
    RECORD_CONSENT,
    SETTLE_CORRECTION,
    AskedBy,
    RequestKind,
    RequestState,
    Standing,
)
from niangjia.kernel.privacy.views import consent_in_words, in_words, sentence
from niangjia.kernel.privacy.words import ASKED_BY_WORDS

SHOWN = 100


@login_required
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """What waits, the oldest first, and what was settled lately."""
    actor = who_asks(request)
    if not actor.paths(SETTLE_CORRECTION) and not actor.paths(ERASE_PERSON):
        raise Http404
    settled = visible_to(actor).exclude(state=RequestState.OPEN).order_by("-settled_at", "-id")
    shown = {
        "waiting": [_row(asked) for asked in open_requests(actor)[:SHOWN]],
        "settled": [_row(asked) for asked in settled[:SHOWN]],
    }
    return render(request, "privacy/requests.html", shown)


@login_required
@require_http_methods(["GET", "POST"])
def request_page(request: HttpRequest, request_id: int) -> HttpResponse:
    """One request: what she says, what stands against it, and the two answers to it."""
    actor = who_asks(request)
    asked = get_object_or_404(visible_to(actor), pk=request_id)
    form = RefusalForm(request.POST if "refuse" in request.POST else None)
    if request.method == "POST" and ("refuse" not in request.POST or form.is_valid()):
        because = form.cleaned_data["reason"] if "refuse" in request.POST else ""
        try:
            _settle(asked, because, by=actor)
        except NotAsked as refused:
            messages.error(request, sentence(refused.reason))
            return redirect("privacy_request", request_id=request_id)
        messages.success(request, _("已办结，本人会看到结果。"))
        return redirect("privacy_requests")
    is_open = asked.state == RequestState.OPEN
    standing = persons().standing_of(asked.subject_id) if is_open else None
    against = why_not_erasable(asked, standing, by=actor) if standing and asked.kind == RequestKind.ERASE else None
    shown = _row(asked) | {
        "form": form,
        "says": says_of(asked) if is_open else "",
        "evidence": evidence_with(asked.pk),
        "standing": standing,
        "against": sentence(against) if against else "",
        "asked_by": ASKED_BY_WORDS[asked.asked_by],
        "address": persons().address_of(asked.subject_id) if standing else "",
    }
    return render(request, "privacy/request.html", shown)


@login_required
@require_safe
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """What a person agreed to; what she signs on paper is recorded here."""
    actor = who_asks(request)
    held = consents_seen(actor, person_id, on=clock.today())
    standing = standing_of(person_id)
    shown = {
        "standing": standing,
        "held": [consent_in_words(request, each) for each in held],
        "may_record": why_not(actor, RECORD_CONSENT, standing.place_path) is None,
        "may_erase": why_not(actor, ERASE_PERSON, standing.place_path) is None,
        "address": persons().address_of(person_id),
    }
    return render(request, "privacy/person.html", shown)


@login_required
@require_http_methods(["GET", "POST"])
def paper_consent(request: HttpRequest, person_id: int, key: str) -> HttpResponse:
    """Record that she gave or withdrew her consent on paper."""
    actor = who_asks(request)
    standing = _standing(actor, person_id)
    found = [each for each in consents_seen(actor, person_id, on=clock.today()) if each.notice.key == key]
    if not found or why_not(actor, RECORD_CONSENT, standing.place_path) is not None:
        raise Http404
    form = PaperForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        act = Act(key, found[0].notice.version, given="withdraw" not in request.POST)
        try:
            record_paper(act, person_id, Paper(form.cleaned_data["paper_place"]), by=actor, on=clock.today())
        except NotConsented as refused:
            form.add_error(None, sentence(refused.reason))
        else:
            messages.success(request, _("已记下。"))
            return redirect("privacy_person", person_id=person_id)
    shown = consent_in_words(request, found[0]) | {"standing": standing, "form": form}
    return render(request, "privacy/paper_consent.html", shown)


@login_required
@require_http_methods(["GET", "POST"])
def paper_erasure(request: HttpRequest, person_id: int) -> HttpResponse:
    """Take down an erasure asked for on paper; another cadre carries it out."""
    actor = who_asks(request)
    standing = _standing(actor, person_id)
    if why_not(actor, ERASE_PERSON, standing.place_path) is not None:
        raise Http404
    form = PaperErasureForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = ForAnother(AskedBy(form.cleaned_data["asked_by"]), form.cleaned_data["paper_place"])
        try:
            take_down_erasure(person_id, given, by=actor)
        except NotAsked as refused:
            form.add_error(None, sentence(refused.reason))
        else:
            messages.success(request, _("已登记，要由另一位干部办理。"))
            return redirect("privacy_requests")
    shown = {"standing": standing, "form": form, "against": [sentence(reason) for reason in standing.against]}
    return render(request, "privacy/paper_erasure.html", shown)


def _settle(asked: RightsRequest, because: str, *, by: Actor) -> None:
    if asked.kind == RequestKind.CORRECT:
        settle_correction(asked.pk, by=by, refused_because=because)
    elif because:
        refuse_erasure(asked.pk, by=by, because=because)
    else:
        carry_out(asked.pk, by=by)


def _row(asked: RightsRequest) -> dict[str, Any]:
    """A request with the person as she is called; of the erased only the pseudonym is left."""
    standing = persons().standing_of(asked.subject_id)
    return in_words(asked) | {
        "name": standing.name if standing else _("资料已删除"),
        "place_name": standing.place_name if standing else "",
    }


def _standing(actor: Actor, subject_id: int) -> Standing:
    if not persons().is_seen_by(actor, subject_id):
        raise Http404
    return standing_of(subject_id)
