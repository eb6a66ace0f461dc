"""Pages of planning: which kind, what it asks for, and what would follow; the rest is the page of the case."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.web.reasons import put_beside_fields
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.reorganising.forms import PlanForm
from niangjia.registers.orgs.reorganising.kind import OPERATIONS, sentence_of
from niangjia.registers.orgs.reorganising.models import Reorganisation
from niangjia.registers.orgs.reorganising.queries import Wish, faults_of, plannable, report_on
from niangjia.registers.orgs.reorganising.rules.plans import Operation
from niangjia.registers.orgs.reorganising.services import NotPlanned, plan

MEANS = {
    Operation.MERGE: gettext_lazy("它和别的工会合成一个：并到已有的工会，或者几个一起成立新工会。它撤销，下级、会员、单位、没办结的事都接过去。"),
    Operation.MOVE: gettext_lazy("它和它的下级换一个上级。会籍、单位、权限都不动。"),
    Operation.SPLIT: gettext_lazy("从它分出一个新工会，选几个下级、几家单位的会员分过去。"),
    Operation.DISSOLVE: gettext_lazy("它不再有了。会员由上一级保留会籍。"),
}  # fmt: skip


@login_required
@require_safe
def choose(request: HttpRequest, code: str) -> HttpResponse:
    """Which kind of reorganisation of this union."""
    union = _union_or_404(who_asks(request), code)
    ways = [(each.value, OPERATIONS[each], MEANS[each]) for each in Operation]
    return render(request, "reorganising/choose.html", {"union": union, "ways": ways})


@login_required
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, code: str, operation: str) -> HttpResponse:
    """Write a plan down, see what would follow from it, keep it."""
    actor = who_asks(request)
    union, kind = _union_or_404(actor, code), _operation_or_404(operation)
    form = PlanForm(request.POST or None, actor=actor, union=union, operation=kind, initial=_given(request))
    context: dict[str, Any] = {"union": union, "form": form, "title": OPERATIONS[kind], "means": MEANS[kind]}
    if form.is_valid():
        if "keep" in request.POST and (kept := _kept(form, actor)) is not None:
            messages.success(request, _("方案存好了，还什么都没有变。看过试运行，再报批。"))
            return redirect("reorganising_case", case_id=kept.pk)
        if not form.errors:
            context |= _tried(form, form.wish)
    return render(request, "reorganising/plan.html", context)


def _kept(form: PlanForm, actor: Actor) -> Reorganisation | None:
    try:
        return plan(form.wish, by=actor, at=clock.now())
    except NotPlanned as refused:
        put_beside_fields(form, refused.reasons)
    except Forbidden:
        form.add_error(None, _("里面有不归您管的工会。请上一级工会来办。"))
    return None


def _tried(form: PlanForm, wish: Wish) -> dict[str, Any]:
    """What the plan would do, or what is wrong with it beside the fields."""
    reasons = faults_of(wish, today=clock.today())
    if reasons:
        put_beside_fields(form, reasons)
        return {}
    effects = report_on(wish)
    return {
        "tried": sentence_of(wish),
        "against": [effect for effect in effects if effect.blocks],
        "follows": [effect for effect in effects if not effect.blocks],
    }


def _given(request: HttpRequest) -> dict[str, str]:
    """What an address fills in."""
    return {name: request.GET[name][:128] for name in ("into", "other", "name", "planned_on") if name in request.GET}


def _union_or_404(actor: Actor, code: str) -> Union:
    union = plannable(actor).filter(code=code).first()
    if union is None:
        raise Http404
    return union


def _operation_or_404(written: str) -> Operation:
    try:
        return Operation(written)
    except ValueError as unknown:
        raise Http404 from unknown
