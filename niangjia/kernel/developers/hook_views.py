"""Pages of what programs are told: the addresses of one's places, one of them with its deliveries, a new one."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.developers.asked import keeper, onlooker
from niangjia.kernel.developers.hook_forms import SubscriptionForm
from niangjia.kernel.developers.listing import WEBHOOKS, hook_badge
from niangjia.kernel.listing import Badge
from niangjia.kernel.programs.rules import KEEP_PROGRAMS
from niangjia.kernel.web.reasons import in_words
from niangjia.kernel.web.templatetags.niangjia_web import moment
from niangjia.kernel.webhooks.models import Delivery, Subscription
from niangjia.kernel.webhooks.queries import deliveries_of, subscriptions_seen
from niangjia.kernel.webhooks.rules import (
    EVENT_WORDS,
    FAILURE_WORDS,
    TEST,
    DeliveryState,
    Event,
    Failure,
    State,
)
from niangjia.kernel.webhooks.services import (
    WebhookRefused,
    remove,
    rotate_secret,
    start,
    stop,
    subscribe,
    try_out,
)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def new_webhook(request: HttpRequest) -> HttpResponse:
    """Name an address; its secret is shown this once."""
    actor = keeper(request)
    form = SubscriptionForm(request.POST or None, actor=actor)
    if form.is_valid():
        hook, secret = subscribe(form.wish, at=form.cleaned_data["place"], by=actor)
        return render(request, "developers/webhook_made.html", {"hook": hook, "secret": secret})
    return render(request, "developers/webhook_new.html", {"form": form})


@login_required
@require_safe
def show_webhook(request: HttpRequest, webhook_id: int) -> HttpResponse:
    """One address: what is told there, and how the last events arrived."""
    found = WEBHOOKS.visible_to(onlooker(request))
    return render(request, "developers/webhook.html", beside_webhook(request, get_object_or_404(found, pk=webhook_id)))


def beside_webhook(request: HttpRequest, hook: Any) -> dict[str, Any]:
    """What is said of one address, on its page and beside the list."""
    return {
        "hook": hook,
        "standing": hook_badge(hook),
        "facts": _facts(hook),
        "events": [(event.value, _(EVENT_WORDS[event])) for event in Event if event.value in hook.events],
        "deliveries": [_delivery(each) for each in deliveries_of(hook)],
        "may_keep": bool(who_asks(request).paths(KEEP_PROGRAMS)),
        "is_active": hook.state == State.ACTIVE,
        "is_broken": hook.state == State.BROKEN,
    }


@never_cache
@login_required
@require_POST
def rotate(request: HttpRequest, webhook_id: int) -> HttpResponse:
    """Draw a new secret, shown this once."""
    actor, hook = _kept(request, webhook_id)
    secret = rotate_secret(hook, by=actor)
    return render(request, "developers/webhook_made.html", {"hook": hook, "secret": secret, "is_new_secret": True})


@login_required
@require_POST
def try_webhook(request: HttpRequest, webhook_id: int) -> HttpResponse:
    """Send a trial."""
    actor, hook = _kept(request, webhook_id)
    try:
        try_out(hook, by=actor)
    except WebhookRefused as refusal:
        messages.warning(request, in_words(refusal.reason))
    else:
        messages.success(request, _("发出去了。过几秒刷新这一页，看对方收没收。"))
    return redirect("webhook", webhook_id=webhook_id)


@login_required
@require_POST
def stop_webhook(request: HttpRequest, webhook_id: int) -> HttpResponse:
    """Stop sending."""
    return _done(request, webhook_id, stop, _("停用了，从现在起什么都不发。"))


@login_required
@require_POST
def start_webhook(request: HttpRequest, webhook_id: int) -> HttpResponse:
    """Send again."""
    return _done(request, webhook_id, start, _("启用了，从现在起发生的事会通知。"))


@login_required
@require_POST
def remove_webhook(request: HttpRequest, webhook_id: int) -> HttpResponse:
    """Forget the address."""
    actor, hook = _kept(request, webhook_id)
    remove(hook, by=actor)
    messages.success(request, _("推送删掉了。"))
    return redirect("webhooks")


def _done(request: HttpRequest, webhook_id: int, act: Callable[..., None], words: str) -> HttpResponse:
    actor, hook = _kept(request, webhook_id)
    act(hook, by=actor)
    messages.success(request, words)
    return redirect("webhook", webhook_id=webhook_id)


def _facts(hook: Any) -> list[tuple[Any, Any]]:
    made_by = hook.made_by.name if hook.made_by else _("运维人员")
    facts: list[tuple[Any, Any]] = [
        (_("编号"), hook.number),
        (_("哪个工会"), hook.place_name or ""),
        (_("谁加的"), made_by),
        (_("加的日期"), moment(hook.made_at)),
    ]
    if hook.old_secret_until is not None and hook.old_secret_until > clock.now():
        facts.append((_("旧的签名密钥用到"), moment(hook.old_secret_until)))
    if hook.rests_until is not None and hook.rests_until > clock.now():
        facts.append((_("下次再试"), moment(hook.rests_until)))
    return facts


def _delivery(delivery: Delivery) -> dict[str, Any]:
    words = _("试发") if delivery.event == TEST else _(EVENT_WORDS[Event(delivery.event)])
    why = _(FAILURE_WORDS[Failure(delivery.failure)]) if delivery.failure else ""
    return {"delivery": delivery, "words": words, "why": why, "standing": _arrived(delivery)}


def _arrived(delivery: Delivery) -> Badge:
    match delivery.state:
        case DeliveryState.DELIVERED:
            return Badge("done", _("送到了"))
        case DeliveryState.TEMPORARY:
            return Badge("late", _("没送到，再试"))
        case DeliveryState.PERMANENT:
            return Badge("refused", _("不再送"))
        case DeliveryState.SENDING:
            return Badge("doing", _("正在发"))
    return Badge("wait", _("等发送"))


def _kept(request: HttpRequest, webhook_id: int) -> tuple[Actor, Subscription]:
    actor = keeper(request)
    return actor, get_object_or_404(subscriptions_seen(actor), pk=webhook_id)
