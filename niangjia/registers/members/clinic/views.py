"""Pages of the clinic: numbers by check and by union, one finding, and a look through everybody now."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.web.reasons import put_beside_fields
from niangjia.registers.members.clinic import queries
from niangjia.registers.members.clinic.asking import look_soon
from niangjia.registers.members.clinic.files import member_checks
from niangjia.registers.members.clinic.forms import RightForm, SnoozeForm
from niangjia.registers.members.clinic.listing import state_badge
from niangjia.registers.members.clinic.models import Finding
from niangjia.registers.members.clinic.rules import REPAIR_MEMBERS, FindingState, Mend
from niangjia.registers.members.clinic.services import (
    NotRepaired,
    ask_members,
    can_be_asked,
    keep_as_right,
    open_again,
    rests_until,
    snooze,
)

MOST_UNIONS = 100
USUAL_REST = 30


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def checks(request: HttpRequest) -> HttpResponse:
    """数据体检: every check with its number, and the unions right below with theirs; a look through everybody now."""
    actor, today = who_asks(request), clock.today()
    if not actor.paths(REPAIR_MEMBERS):
        raise Http404
    if request.method == "POST":
        look_soon(by=actor)
        messages.success(request, _("在查了，过一会儿刷新看。人多的要几分钟。"))
        return redirect("clinic")
    numbers = queries.by_check(actor, on=today)
    found = sorted(
        ((check, numbers.get(name, 0)) for name, check in member_checks().items()),
        key=lambda pair: (-pair[1], pair[0].name),
    )
    below = queries.by_union_below(actor, on=today, most=MOST_UNIONS)
    context = {"found": found, "total": sum(numbers.values()), "below": below}
    return render(request, "clinic/checks.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def repair(request: HttpRequest, finding_id: int) -> HttpResponse:
    """One finding: what is wrong, where it is put right, and what else may be said of it."""
    actor, today = who_asks(request), clock.today()
    finding = queries.visible_to(actor).filter(pk=finding_id).first()
    check = member_checks().get(finding.check_name) if finding else None
    if finding is None or check is None:
        raise Http404
    rest, right = SnoozeForm(initial={"until": rests_until(USUAL_REST)}), RightForm()
    if request.method == "POST" and finding.state != FindingState.MENDED:
        answer, rest, right = _said(request, finding, actor)
        if answer is not None:
            return answer
    context = {
        "finding": finding,
        "check": check,
        "badge": state_badge(finding),
        "mend": _where(finding, check.mend),
        "can_ask": can_be_asked(finding, on=today),
        "is_open": finding.state == FindingState.OPEN,
        "is_mended": finding.state == FindingState.MENDED,
        "rest": rest,
        "right": right,
    }
    return render(request, "clinic/repair.html", context)


def _said(request: HttpRequest, finding: Finding, actor: Actor) -> tuple[HttpResponse | None, SnoozeForm, RightForm]:
    """What a press says of the finding; nothing where a form has to be shown again."""
    today = clock.today()
    rest = SnoozeForm(request.POST if "snooze" in request.POST else None, initial={"until": rests_until(USUAL_REST)})
    right = RightForm(request.POST if "right" in request.POST else None)
    if "ask" in request.POST and can_be_asked(finding, on=today):
        ask_members([finding.pk], by=actor)
        return _told(request, finding, _("消息发了。本人改好，这一条自己就走。")), rest, right
    if "open" in request.POST:
        open_again(finding.pk, by=actor)
        return _told(request, finding, _("放回待改里了。")), rest, right
    if rest.is_valid() and _kept(rest, lambda: snooze([finding.pk], **rest.cleaned_data, by=actor, on=today)):
        return _told(request, finding, _("先放着了，到那天会再提醒。")), rest, right
    if right.is_valid() and _kept(right, lambda: keep_as_right([finding.pk], **right.cleaned_data, by=actor)):
        return _told(request, finding, _("记下了，这一项的内容不变就不再提。")), rest, right
    return None, rest, right


def _told(request: HttpRequest, finding: Finding, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("repair", finding_id=finding.pk)


def _kept(form: Any, keep: Callable[[], Any]) -> bool:
    try:
        with transaction.atomic():
            keep()
    except NotRepaired as refused:
        put_beside_fields(form, refused.reasons)
        return False
    return True


def _where(finding: Finding, mend: Mend) -> dict[str, str]:
    """Straight to the form that puts it right."""
    ways = {
        Mend.EDIT: (reverse("member_edit", args=[finding.person_id]), _("去改登记")),
        Mend.PAPERS: (reverse("member_papers", args=[finding.person_id]), _("记下看过证件")),
        Mend.TRANSFER: (reverse("member", args=[finding.person_id]), _("看这位会员，办转会")),
    }
    address, words = ways[mend]
    return {"address": address, "words": words}
