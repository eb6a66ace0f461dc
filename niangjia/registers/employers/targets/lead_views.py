"""Pages of leads that a person has to decide about: names that members write and the register does not settle."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.web.reasons import put_beside_fields
from niangjia.registers.employers.listing import may_register
from niangjia.registers.employers.models import Employer
from niangjia.registers.employers.targets.forms import NameForm
from niangjia.registers.employers.targets.leads import candidates_of, say_employer
from niangjia.registers.employers.targets.models import Lead
from niangjia.registers.employers.targets.queries import leads_seen
from niangjia.registers.employers.targets.rules.moves import SAY_EMPLOYER, SEE_TARGETS
from niangjia.registers.employers.targets.services import TargetRefused

MOST = 200
NONE = "none"


@login_required
@require_safe
def leads(request: HttpRequest) -> HttpResponse:
    """Names that several members write and that mean no employer for sure, most members first."""
    actor = who_asks(request)
    if not actor.paths(SEE_TARGETS):
        raise Http404
    rows = leads_seen(actor)[:MOST]
    return render(request, "targets/leads.html", {"rows": rows, "may_say": bool(actor.paths(SAY_EMPLOYER))})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def lead(request: HttpRequest, lead_id: int) -> HttpResponse:
    """One name: which employer it means, chosen by a person."""
    actor = who_asks(request)
    found = leads_seen(actor).filter(pk=lead_id).first()
    if found is None or not actor.paths(SAY_EMPLOYER):
        raise Http404
    candidates = candidates_of(found, actor=actor)
    form = NameForm(request.POST or None, candidates=[(str(each.pk), _words(each)) for each in candidates])
    if form.is_valid():
        answer = _said(request, form, found, actor)
        if answer is not None:
            return answer
    context = {"lead": found, "form": form, "has_candidates": bool(candidates), "may_register": may_register(actor)}
    return render(request, "targets/lead.html", context)


def _said(request: HttpRequest, form: NameForm, found: Lead, actor: Actor) -> HttpResponse | None:
    chosen = form.cleaned_data["employer"]
    employer_id = None if chosen == NONE else int(chosen)
    try:
        kept = say_employer(found.pk, employer_id, by=actor, on=clock.today())
    except TargetRefused as refused:
        put_beside_fields(form, refused.reasons)
        return None
    messages.success(request, _("记下了，以后会员再这样写就认得了。"))
    if kept is not None and kept.employer_id:
        return redirect("union_work", pk=kept.employer_id)
    return redirect("leads")


def _words(employer: Employer) -> Any:
    return _("{name}（{place}）").format(name=employer.name, place=employer.place.union.name)
