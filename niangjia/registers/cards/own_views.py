"""Her own card on her phone: shown, stopped, set free, replaced."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.web.pictures.codes import code_to_scan
from niangjia.kernel.web.reasons import in_words
from niangjia.kernel.web.roles import author_words
from niangjia.registers.cards import queries, services
from niangjia.registers.cards.listing import STATE_BADGES
from niangjia.registers.cards.models import Card
from niangjia.registers.cards.rules.checking import PURPOSE_WORDS, CheckPurpose
from niangjia.registers.cards.rules.states import CardState, HeldBy
from niangjia.registers.cards.rules.tokens import WINDOW_S
from niangjia.registers.cards.showing import MINUTES_AHEAD, shown
from niangjia.registers.cards.words import VERDICT_BADGES
from niangjia.registers.members.models import Person
from niangjia.registers.members.own_side import own_union


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """会员卡: the code of this minute, and what she may do with her card herself."""
    if request.method == "POST":
        return _done(request)
    actor, at = who_asks(request), clock.now()
    card = queries.own_card(actor)
    good = card is not None and queries.is_member(card.person_id)
    in_use = good and card is not None and card.state == CardState.IN_USE
    context = {
        "card": card,
        "is_member": good if card else actor.subject_id is not None and queries.is_member(actor.subject_id),
        "person": Person.objects.filter(pk=actor.subject_id).first() if actor.subject_id else None,
        "union": own_union(actor),
        "badge": STATE_BADGES[card.state] if card else None,
        "held_by_union": card is not None and card.held_by == HeldBy.UNION,
        "codes": _codes(request, card, at=at) if in_use and card is not None else [],
        "now_ms": str(int(at.timestamp() * 1000)),
        "left_s": WINDOW_S - int(at.timestamp()) % WINDOW_S,
        "minutes": MINUTES_AHEAD,
        "checks": _checks(request),
    }
    return render(request, "cards/mine.html", context)


def _done(request: HttpRequest) -> HttpResponse:
    actor = who_asks(request)
    card = queries.own_card(actor)
    try:
        if card is None:
            services.take_card(by=actor)
            messages.success(request, _("领好了，现在就能用。"))
        elif "freeze" in request.POST:
            services.freeze(card.pk, by=actor)
            messages.success(request, _("停好了，谁拿着码都用不了。要用了再恢复。"))
        elif "unfreeze" in request.POST:
            services.unfreeze(card.pk, by=actor)
            messages.success(request, _("恢复了，现在就能用。"))
        elif "replace" in request.POST:
            services.replace(card.pk, by=actor)
            messages.success(request, _("换好了，旧卡号马上作废。"))
    except services.CardRefused as refused:
        messages.error(request, in_words(refused.reason))
    return redirect("my_card")


def _codes(request: HttpRequest, card: Card, *, at: datetime) -> list[dict[str, object]]:
    """The codes of the next minutes as they are drawn: each leads whoever scans it to the page of checks."""
    address = request.build_absolute_uri(reverse("card_check"))
    return [
        {"begins": str(each.begins), "digits": each.digits, "drawn": code_to_scan(f"{address}#{each.code}")}
        for each in shown(card, at=at)
    ]


def _checks(request: HttpRequest) -> list[dict[str, object]]:
    """Who checked her card, where and what for."""
    return [
        {
            "at": each.at,
            "who": author_words(each.author),
            "purpose": _(PURPOSE_WORDS[CheckPurpose(each.purpose)]),
            "badge": VERDICT_BADGES[each.verdict],
        }
        for each in queries.own_checks(who_asks(request))
    ]
