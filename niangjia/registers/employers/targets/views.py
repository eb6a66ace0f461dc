"""Pages of one employer without a union as work: hand it out, visit it, say how it ended."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.web.reasons import put_beside_fields
from niangjia.kernel.web.templatetags.niangjia_web import day
from niangjia.registers.employers.listing import standing_badge, trade_words
from niangjia.registers.employers.models import Employer
from niangjia.registers.employers.queries import in_territory, with_coverage
from niangjia.registers.employers.targets.forms import EndForm, HandForm, VisitForm, again
from niangjia.registers.employers.targets.handing import usual_due_on
from niangjia.registers.employers.targets.listing import newness, target_badge
from niangjia.registers.employers.targets.models import Lead, Target
from niangjia.registers.employers.targets.queries import (
    open_target,
    visible_to,
    with_visits,
    without_union,
)
from niangjia.registers.employers.targets.rules.moves import END_TARGET, HAND_TARGET, SEE_TARGETS, VISIT_EMPLOYER
from niangjia.registers.employers.targets.services import TargetRefused, end_target, hand_target, keep_visit
from niangjia.registers.employers.targets.words import OUTCOME_WORDS
from niangjia.registers.orgs.listing import Panel


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def work(request: HttpRequest, pk: int) -> HttpResponse:
    """One employer: what is known, who has it, what became of it before; hand it to somebody."""
    actor, today = who_asks(request), clock.today()
    employer = _employer_or_404(actor, pk)
    target = open_target(employer)
    may_hand = without_union(actor, on=today, move=HAND_TARGET).filter(pk=pk).exists()
    if request.method == "POST" and not may_hand:
        raise Http404
    first = again(target) if target else {"due_on": usual_due_on(actor, on=today)} if may_hand else {}
    form = HandForm(request.POST or None, actor=actor, initial=first)
    if form.is_valid():
        given = form.cleaned_data
        hand = lambda: hand_target(pk, int(given["cadre"]), given["due_on"], by=actor, on=today)  # noqa: E731 - one call, said once
        if _kept(form, hand) is not None:
            messages.success(request, _("交办了。这位同志的「今天」里有了这件事。"))
            return redirect("union_work", pk=pk)
    row = without_union(actor, on=today).filter(pk=pk).first()
    context = {
        "employer": employer,
        "standing": standing_badge(employer),
        "facts": _facts(employer),
        "newness": newness(row) if row else None,
        "union_due_on": row.union_due_on if row else None,
        "members": Lead.objects.filter(employer=employer).values_list("members", flat=True).first(),
        "targets": [(each, target_badge(each)) for each in _all_of(actor, employer)],
        "is_handed": target is not None,
        "form": form,
        "may_hand": may_hand,
    }
    return render(request, "targets/work.html", context)


@login_required
@require_safe
def show(request: HttpRequest, target_id: int) -> HttpResponse:
    """One target: whose it is, until when, what was said at each visit."""
    actor = who_asks(request)
    target = _target_or_404(actor, target_id)
    is_open = target.ended_on is None
    context = {
        "target": target,
        "badge": target_badge(target),
        "facts": _facts(target.employer),
        "visits": target.visits.select_related("visited_by").order_by("-on", "-pk"),
        "outcome": OUTCOME_WORDS.get(target.outcome, ""),
        "may_visit": is_open and _may(actor, VISIT_EMPLOYER, target),
        "may_end": is_open and _may(actor, END_TARGET, target),
        "may_hand": is_open and _may(actor, HAND_TARGET, target),
    }
    return render(request, "targets/target.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: HttpRequest, target_id: int) -> HttpResponse:
    """Keep a visit: four short fields on one page."""
    actor, today = who_asks(request), clock.today()
    target = _target_or_404(actor, target_id)
    if target.ended_on is not None or not _may(actor, VISIT_EMPLOYER, target):
        raise Http404
    form = VisitForm(request.POST or None, initial={"on": today})
    if form.is_valid() and _kept(form, lambda: keep_visit(target.pk, form.facts(), by=actor, on=today)) is not None:
        messages.success(request, _("走访记下了。"))
        return redirect("target", target_id=target.pk)
    return render(request, "targets/visit.html", {"target": target, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, target_id: int) -> HttpResponse:
    """Say how it ended that no union came of; a union that covers the employer ends it by itself."""
    actor, today = who_asks(request), clock.today()
    target = _target_or_404(actor, target_id)
    if target.ended_on is not None or not _may(actor, END_TARGET, target):
        raise Http404
    form = EndForm(request.POST or None, may_withdraw=_may(actor, HAND_TARGET, target))
    if form.is_valid() and _kept(form, lambda: end_target(target.pk, form.ending(), by=actor, on=today)) is not None:
        messages.success(request, _("记下了。这家单位还没有工会，会留在未建会单位里。"))
        return redirect("target", target_id=target.pk)
    return render(request, "targets/end.html", {"target": target, "form": form})


def panel_of_employer(actor: Actor, employer: Employer) -> Panel | None:
    """What an employer's page says of the work for a union: how often it was visited, and who has it."""
    mine = visible_to(actor).filter(employer=employer)
    visits = sum(with_visits(mine).values_list("visits_made", flat=True))
    is_without = without_union(actor, on=clock.today()).filter(pk=employer.pk).exists()
    if not visits and not is_without:
        return None
    address = f"/employers/{employer.pk}/union-work/"
    target = open_target(employer) if is_without else None
    if target is not None:
        words = _("还没有工会，{name}在办，{day}到期。").format(name=target.cadre.name, day=day(target.due_on))
    else:
        words = _("还没有工会，也没有交给人。") if is_without else _("已经有工会了，这是建会以前的走访。")
    return Panel(_("建会走访"), visits, words, address=address)


def _all_of(actor: Actor, employer: Employer) -> list[Any]:
    rows = with_visits(visible_to(actor).filter(employer=employer))
    return list(rows.order_by("-handed_on", "-pk"))


def _employer_or_404(actor: Actor, pk: int) -> Employer:
    rows = with_coverage(in_territory(actor, move=SEE_TARGETS)).select_related("place__union", "park")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _target_or_404(actor: Actor, target_id: int) -> Any:
    found = with_visits(visible_to(actor)).filter(pk=target_id).first()
    if found is None:
        raise Http404
    return found


def _may(actor: Actor, move: Any, target: Target) -> bool:
    path = target.employer.place.path
    return any(path.startswith(own) for own in actor.paths(move))


def _kept(form: Any, keep: Callable[[], Any]) -> Any:
    """Do what the form asks; None where the rules refuse, with the reasons beside the fields."""
    try:
        return keep()
    except TargetRefused as refused:
        put_beside_fields(form, refused.reasons)
        return None


def _facts(employer: Employer) -> list[tuple[str, Any]]:
    heads = (
        ""
        if employer.employees is None
        else ngettext("%(n)s 人", "%(n)s 人", employer.employees) % {"n": f"{employer.employees:,}"}
    )
    return [
        (_("地址"), employer.address),
        (_("属地工会"), employer.place.union.name),
        (_("职工"), heads),
        (_("行业"), trade_words(employer)),
        (_("开业"), day(employer.opened_on)),
        *([(_("园区"), employer.park.name)] if employer.park_id and employer.park else []),
    ]
