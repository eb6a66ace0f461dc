"""One transfer: both ends, what moves, and the answer."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.web.reasons import in_words
from niangjia.kernel.web.templatetags.niangjia_web import day
from niangjia.kernel.web.todo import due_said
from niangjia.kernel.web.trail import trail_of
from niangjia.registers.members.masked import shown_number
from niangjia.registers.members.models import Membership, Person
from niangjia.registers.members.queries import HOLDING, editable_by
from niangjia.registers.members.transfers import queries, services
from niangjia.registers.members.transfers.forms import RefusalForm
from niangjia.registers.members.transfers.listing import badge_of, leaves_of, name_of, way_of

VERBS = {
    "ask_transfer": gettext_lazy("提出了转会"),
    "settle_transfer": gettext_lazy("答复了转会"),
    "raise_transfer": gettext_lazy("没有人答复，交上级定"),
    "register_member": gettext_lazy("登记了会员"),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def transfer(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """Look at a transfer and answer it: yes, no with a reason; who asked may take it back."""
    actor = who_asks(request)
    found = get_object_or_404(queries.visible_to(actor), pk=transfer_id)
    form = RefusalForm(request.POST if "refuse" in request.POST else None)
    if request.method == "POST" and ("refuse" not in request.POST or form.is_valid()):
        return _answered(request, transfer_id, form)
    return render(request, "transfers/transfer.html", _context(actor, found, form))


def _answered(request: HttpRequest, transfer_id: int, form: RefusalForm) -> HttpResponse:
    actor = who_asks(request)
    try:
        if "refuse" in request.POST:
            services.refuse(transfer_id, by=actor, because=form.cleaned_data["reason"])
            words = _("答复了：不同意。对方会看到理由。")
        elif "withdraw" in request.POST:
            services.withdraw(transfer_id, by=actor)
            words = _("撤回了，对方不用再答复。")
        else:
            services.accept(transfer_id, by=actor, on=clock.today())
            words = _("同意了，会籍从今天起在对方工会。")
    except services.NotTransferred as refused:
        messages.error(request, in_words(refused.reason))
        return redirect("transfer", transfer_id=transfer_id)
    messages.success(request, words)
    return redirect("transfers")


def _context(actor: Actor, found: Any, form: RefusalForm) -> dict[str, Any]:
    state = queries.state_of(found)
    is_open = state == "open"
    own = bool(actor.account_id and found.proposed_by_id == actor.account_id)
    person = editable_by(actor).filter(pk=found.person_id).first() if is_open else None
    words, due_form = due_said(queries.last_day_of(found), on=clock.today()) if is_open else ("", "")
    return {
        "transfer": found,
        "name": name_of(found),
        "leaves": leaves_of(found),
        "way": way_of(found),
        "badge": badge_of(found),
        "due_words": words,
        "due_form": due_form,
        "facts": _facts(found, person),
        "person": person,
        "may_answer": is_open and found.is_out and not own,
        "own_asking": is_open and found.is_out and own,
        "above": found.umpire.name if found.umpire and found.is_out else _("两边共同的上级工会"),
        "rule": queries.rule_of(found),
        "may_withdraw": is_open and found.is_in,
        "form": form,
        "on": clock.today(),
        "steps": trail_of("person", found.person_id, verbs=VERBS, fields={}),
    }


def _facts(found: Any, person: Person | None) -> list[tuple[str, Any]]:
    """What this end may know of her: where she is a member now, her number masked and the day she joined."""
    facts: list[tuple[str, Any]] = [(_("姓名"), name_of(found))]
    if person is not None:
        held = Membership.objects.filter(person=person, period__upper_inf=True, state__in=HOLDING).first()
        facts += [(_("证件号码"), shown_number(person)), (_("工作单位"), person.workplace)]
        facts += [(_("入会时间"), day(held.joined_on)), (_("会员证号"), held.member_no)] if held else []
    return facts
