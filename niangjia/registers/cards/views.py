"""Cards on the desk: one member's card, checking one, and sheets to be printed."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.web.pictures.codes import code_to_scan
from niangjia.kernel.web.reasons import in_words
from niangjia.kernel.web.templatetags.niangjia_web import moment
from niangjia.kernel.web.trail import trail_of
from niangjia.registers.cards import queries, services
from niangjia.registers.cards.checking import CheckRefused, check_card
from niangjia.registers.cards.forms import BankCardForm, CheckForm, ReasonForm
from niangjia.registers.cards.listing import badge_of, may_check
from niangjia.registers.cards.models import Card
from niangjia.registers.cards.rules.checking import PURPOSE_WORDS, CheckPurpose
from niangjia.registers.cards.rules.moves import KEEP_CARDS
from niangjia.registers.cards.rules.states import CardState, HeldBy
from niangjia.registers.cards.showing import on_paper
from niangjia.registers.cards.words import LOOK, NEXT, VERBS, VERDICT_BADGES

TAIL = 4
ISSUED, FROZEN, SET_FREE, REPLACED, BANK = "issue", "freeze", "unfreeze", "replace", "bank"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: HttpRequest, person_id: int) -> HttpResponse:
    """A member's card as her union keeps it: issue, stop with a reason, set free, replace, a bank card's number."""
    actor = who_asks(request)
    person = queries.person_of(actor, person_id)
    if person is None:
        raise Http404
    held = Card.objects.filter(person=person, state__in=queries.GOOD).first()
    asked = request.POST.get("do", "")
    reason = ReasonForm(request.POST if asked in (FROZEN, REPLACED) else None)
    bank = BankCardForm(request.POST if asked == BANK else None)
    if request.method == "POST" and all(form.is_valid() for form in (reason, bank) if form.is_bound):
        return _done(request, person_id, held, reason=reason, bank=bank)
    context = _context(person, held) | {"reason": reason, "bank": bank, "asked": asked}
    # The same question twice on one page: each has fields of its own.
    context |= {"fresh": ReasonForm(auto_id="id_freeze_%s"), "other": ReasonForm(auto_id="id_replace_%s")}
    return render(request, "cards/card.html", context)


def _done(
    request: HttpRequest, person_id: int, held: Card | None, *, reason: ReasonForm, bank: BankCardForm
) -> HttpResponse:
    actor, asked = who_asks(request), request.POST.get("do", "")
    try:
        if held is None:
            services.issue_cards([person_id], by=actor)
            words = _("发好了，本人打开手机就能用。")
        elif asked == FROZEN:
            services.freeze(held.pk, by=actor, because=reason.cleaned_data["reason"])
            words = _("停好了，已经告诉本人。")
        elif asked == SET_FREE:
            services.unfreeze(held.pk, by=actor)
            words = _("恢复了，已经告诉本人。")
        elif asked == REPLACED:
            services.replace(held.pk, by=actor, because=reason.cleaned_data["reason"])
            words = _("换好了，旧卡号马上作废，已经告诉本人。")
        else:
            services.keep_bank_card(held.pk, bank.cleaned_data["number"] if bank.is_bound else "", by=actor)
            words = _("存好了。")
    except services.CardRefused as refused:
        messages.error(request, in_words(refused.reason))
    else:
        messages.success(request, words)
    return redirect("card", person_id=person_id)


def _context(person: Any, held: Card | None) -> dict[str, Any]:
    facts: list[tuple[Any, Any]] = [(_("所属工会"), person.shown_union)]
    if held is not None:
        number = queries.bank_of(held)
        facts += [
            (_("卡号"), held.shown_number),
            (_("发卡时间"), moment(held.issued_at)),
            (_("印的卡"), _("第 {n} 次印的有效").format(n=held.print_no) if held.print_no else _("没有印过")),
            (_("银行卡"), f"**** {number[-TAIL:]}" if number else _("没有登记")),
        ]
        if held.reason:
            facts.append((_("原因"), held.reason))
    return {
        "person": person,
        "card": held,
        "badge": badge_of(person),
        "facts": facts,
        "in_use": held is not None and held.state == CardState.IN_USE,
        "frozen_by_herself": held is not None and held.held_by == HeldBy.SELF,
        "steps": trail_of("card", held.pk, verbs=VERBS, fields={}) if held is not None else [],
    }


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Check a card: scan or type, say what for, read the answer."""
    actor = who_asks(request)
    if not may_check(actor):
        raise Http404
    form = CheckForm(request.POST or None, initial={"purpose": request.session.get(LAST_PURPOSE, CheckPurpose.TILL)})
    context: dict[str, Any] = {"form": form, "answer": None, "said": ""}
    if form.is_valid():
        purpose = CheckPurpose(form.cleaned_data["purpose"])
        request.session[LAST_PURPOSE] = purpose.value
        try:
            found = check_card(form.cleaned_data["code"], purpose=purpose, by=actor)
        except CheckRefused as refused:
            context["said"] = in_words(refused.reason)
        else:
            context |= {
                "answer": found,
                "badge": VERDICT_BADGES[found.verdict],
                "next": NEXT[found.verdict],
                "look": LOOK if found.look else "",
                "purpose": _(PURPOSE_WORDS[purpose]),
                "form": CheckForm(initial={"purpose": purpose}),
            }
    return render(request, "cards/check.html", context)


LAST_PURPOSE = "card_check_purpose"


@login_required
@require_safe
def prints(request: HttpRequest) -> HttpResponse:
    """Batches of printed cards, the newest first."""
    actor = who_asks(request)
    if not actor.paths(KEEP_CARDS):
        raise Http404
    return render(request, "cards/prints.html", {"batches": queries.told_batches(actor)})


@login_required
@never_cache
@require_safe
def sheet(request: HttpRequest, batch_id: int) -> HttpResponse:
    """One batch as a sheet of A4: name, union, number, and a code that does not change."""
    actor = who_asks(request)
    batch = get_object_or_404(queries.batches(actor), pk=batch_id)
    address = request.build_absolute_uri(reverse("card_check"))
    cards = [
        {
            "name": name,
            "union": union,
            "number": each.shown_number,
            "drawn": code_to_scan(f"{address}#{on_paper(each)}"),
        }
        for each, name, union in queries.printed_in(batch, actor)
    ]
    return render(request, "cards/sheet.html", {"batch": batch, "cards": cards})
