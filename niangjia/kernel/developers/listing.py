"""The lists of keys and of webhooks: which program, of which union, and whether it is at work."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.listing import Badge, Button, Column, Empty, Filter, Listing
from niangjia.kernel.places.queries import with_place_name
from niangjia.kernel.programs.models import Key
from niangjia.kernel.programs.queries import STANDINGS, keys_seen, standing_of
from niangjia.kernel.programs.rules import KEEP_PROGRAMS, SCOPE_WORDS, SEE_PROGRAMS
from niangjia.kernel.webhooks.models import Subscription
from niangjia.kernel.webhooks.queries import subscriptions_seen
from niangjia.kernel.webhooks.rules import EVENT_WORDS, State

KEY_BADGES = {
    "at_work": Badge("done", _("在用")),
    "over": Badge("closed", _("到期了")),
    "revoked": Badge("refused", _("吊销了")),
}
HOOK_BADGES = {
    State.ACTIVE.value: Badge("done", _("在推")),
    State.BROKEN.value: Badge("late", _("送不到，停了")),
    State.STOPPED.value: Badge("paused", _("停用了")),
}
ABOUT = Button(_("接口说明"), "/developers/", icon="help-circle")


def may_keep(actor: Actor) -> bool:
    """Whether the actor gives rights to programs anywhere."""
    return bool(actor.paths(KEEP_PROGRAMS))


def key_badge(key: Key) -> Badge:
    """Whether a key opens anything today."""
    return KEY_BADGES[standing_of(key)]


def hook_badge(hook: Subscription) -> Badge:
    """Whether a webhook is told of anything."""
    return HOOK_BADGES[hook.state]


def _waiting(hook: Any) -> str:
    if not hook.waiting:
        return ""
    return ngettext("%(n)s 条没送到，会再试", "%(n)s 条没送到，会再试", hook.waiting) % {"n": f"{hook.waiting:,}"}


def _scopes(key: Key) -> int:
    return len(key.scopes)


def _events(hook: Subscription) -> int:
    return len(hook.events)


def _named_key(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    return rows.filter(Q(name__icontains=words) | Q(place_name__icontains=words) | Q(prefix__startswith=words))


def _named_hook(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    return rows.filter(Q(name__icontains=words) | Q(place_name__icontains=words) | Q(address__icontains=words))


def _in_standing(rows: QuerySet[Any], standing: str) -> QuerySet[Any]:
    return rows.filter(STANDINGS[standing]())


def _failing(rows: QuerySet[Any], _value: str) -> QuerySet[Any]:
    return rows.filter(waiting__gt=0)


KEYS = Listing(
    "keys",
    title=_("密钥"),
    visible_to=lambda actor: with_place_name(keys_seen(actor)),
    columns=(
        Column(_("给什么程序用"), "name", link=lambda key: reverse("key", args=[key.pk]), sort=("name",)),
        Column(_("编号"), "number", kind="mono"),
        Column(_("哪个工会"), "place_name"),
        Column(_("能做几样"), _scopes, kind="number", wide_only=True),
        Column(_("最后一天"), "expires_on", kind="day", sort=("expires_on",)),
        Column(_("最近一次使用"), "last_used_at", kind="moment", wide_only=True),
        Column(_("状态"), key_badge),
    ),
    filters=(
        Filter(
            "state", _("状态"), choices=[(code, badge.words) for code, badge in KEY_BADGES.items()], apply=_in_standing
        ),
        Filter(
            "scope",
            _("能做什么"),
            choices=[(scope.value, _(words)) for scope, words in SCOPE_WORDS.items()],
            apply="scopes__contains",
        ),
    ),
    search=_named_key,
    search_words=_("程序、工会或密钥的开头"),
    order=("-id",),
    line=lambda _actor: _("一个程序一个密钥，用完就吊销"),
    empty=Empty(
        _("还没有密钥"),
        _("有程序要来取数，就给它单独发一个。"),
        button=Button(_("发密钥"), "/developers/keys/new/", allowed=may_keep),
        icon="key",
    ),
    buttons=(ABOUT, Button(_("发密钥"), "/developers/keys/new/", icon="plus", main=True, allowed=may_keep)),
    counted=lambda n: ngettext("%(n)s 个密钥", "%(n)s 个密钥", n) % {"n": f"{n:,}"},
    move=SEE_PROGRAMS,
)
WEBHOOKS = Listing(
    "webhooks",
    title=_("推送"),
    visible_to=lambda actor: with_place_name(subscriptions_seen(actor)).annotate(told=Count("deliveries")),
    columns=(
        Column(_("推给什么程序"), "name", link=lambda hook: reverse("webhook", args=[hook.pk]), sort=("name",)),
        Column(_("编号"), "number", kind="mono"),
        Column(_("哪个工会"), "place_name"),
        Column(_("通知几样"), _events, kind="number", wide_only=True),
        Column(_("发过"), "told", kind="number", wide_only=True),
        Column(_("状态"), hook_badge, note=_waiting),
    ),
    filters=(
        Filter("state", _("状态"), choices=[(code, badge.words) for code, badge in HOOK_BADGES.items()], apply="state"),
        Filter(
            "event",
            _("通知什么"),
            choices=[(event.value, _(words)) for event, words in EVENT_WORDS.items()],
            apply="events__contains",
        ),
        Filter("failing", _("送不到"), choices=[("yes", _("有没送到的"))], apply=_failing),
    ),
    search=_named_hook,
    search_words=_("程序、工会或地址"),
    order=("-id",),
    line=lambda _actor: _("事情一发生，就通知对方的程序，内容由对方用密钥来取"),
    empty=Empty(
        _("还没有推送"),
        _("对方不想一遍遍来问，就加一个推送。"),
        button=Button(_("加推送"), "/developers/webhooks/new/", allowed=may_keep),
        icon="send",
    ),
    buttons=(ABOUT, Button(_("加推送"), "/developers/webhooks/new/", icon="plus", main=True, allowed=may_keep)),
    counted=lambda n: ngettext("%(n)s 个推送", "%(n)s 个推送", n) % {"n": f"{n:,}"},
    move=SEE_PROGRAMS,
)
