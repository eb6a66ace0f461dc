"""Pages of what programs are told: the addresses of one's places, one of them with its deliveries, a new one."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.developers.hook_forms import SubscriptionForm
from niangjia.kernel.listing import Badge
from niangjia.kernel.places.queries import place_names
from niangjia.kernel.programs.rules import KEEP_PROGRAMS, SEE_PROGRAMS
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


@login_required
@require_safe
def webhooks(request: HttpRequest) -> HttpResponse:
    """The addresses that one's places have events told to."""
    actor = _keeper(request)
    found = list(subscriptions_seen(actor))
    names = place_names(each.place_id for each in found)
    rows = [{"hook": each, "place": names.get(each.place_id, ""), "standing": _badge(each)} for each in found]
    return render(request, "developers/webhooks.html", {"rows": rows, "may_make": bool(actor.paths(KEEP_PROGRAMS))})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def new_webhook(request: HttpRequest) -> HttpResponse:
    """Name an address; its secret is shown this once."""
    actor = who_asks(request)
    if not actor.paths(KEEP_PROGRAMS):
        raise Http404
    form = SubscriptionForm(request.POST or None, actor=actor)
    if form.is_valid():
        hook, secret = subscribe(form.wish, at=form.cleaned_data["place"], by=actor)
        return render(request, "developers/webhook_made.html", {"hook": hook, "secret": secret})
    return render(request, "developers/webhook_new.html", {"form": form})


@login_required
@require_safe
def show_webhook(request: HttpRequest, webhook_id: int) -> HttpResponse:
    """One address: what is told there, and how the last events arrived."""
    actor = _keeper(request)
    hook = get_object_or_404(subscriptions_seen(actor), pk=webhook_id)
    names = place_names([hook.place_id])
    context = {
        "hook": hook,
        "standing": _badge(hook),
        "facts": _facts(hook, names.get(hook.place_id, "")),
        "events": [(event.value, _(EVENT_WORDS[event])) for event in Event if event.value in hook.events],
        "deliveries": [_delivery(each) for each in deliveries_of(hook)],
        "may_keep": bool(actor.paths(KEEP_PROGRAMS)),
        "is_active": hook.state == State.ACTIVE,
        "is_broken": hook.state == State.BROKEN,
    }
    return render(request, "developers/webhook.html", context)


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


def _facts(hook: Subscription, place: str) -> list[tuple[Any, Any]]:
    made_by = hook.made_by.name if hook.made_by else _("运维人员")
    facts: list[tuple[Any, Any]] = [
        (_("编号"), hook.number),
        (_("哪个工会"), place),
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


def _badge(hook: Subscription) -> Badge:
    match hook.state:
        case State.ACTIVE:
            return Badge("done", _("在推"))
        case State.BROKEN:
            return Badge("late", _("送不到，停了"))
    return Badge("paused", _("停用了"))


def _kept(request: HttpRequest, webhook_id: int) -> tuple[Actor, Subscription]:
    actor = _keeper(request)
    if not actor.paths(KEEP_PROGRAMS):
        raise Http404
    return actor, get_object_or_404(subscriptions_seen(actor), pk=webhook_id)


def _keeper(request: HttpRequest) -> Actor:
    actor = who_asks(request)
    if not actor.paths(SEE_PROGRAMS):
        raise Http404
    return actor
