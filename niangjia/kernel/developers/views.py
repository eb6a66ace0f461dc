"""Pages of programs: how they ask, one operation with its samples, the keys."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.developers.asked import keeper, onlooker
from niangjia.kernel.developers.forms import KeyForm
from niangjia.kernel.developers.listing import KEYS, key_badge
from niangjia.kernel.developers.samples import operation_named, operations, receiver
from niangjia.kernel.programs.queries import keys_seen, standing_of
from niangjia.kernel.programs.rules import KEEP_PROGRAMS, SCOPE_WORDS, SEE_PROGRAMS, Scope
from niangjia.kernel.programs.services import KeyRefused, make_key, revoke_key
from niangjia.kernel.web.reasons import in_words
from niangjia.kernel.web.templatetags.niangjia_web import day, moment
from niangjia.kernel.webhooks.rules import EVENT_WORDS

READERS = SEE_PROGRAMS.roles | {Role.CADRE}
CHANGELOG = "docs/reference/api-changelog.md"


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """How a program asks, and everything it may ask."""
    actor = _reader(request)
    context = {
        "operations": operations(),
        "sees_keys": bool(actor.paths(SEE_PROGRAMS)),
        "origin": _origin(request),
        "versions": _versions(),
        "events": [(event.value, _(words)) for event, words in EVENT_WORDS.items()],
        "receiver": receiver(),
    }
    return render(request, "developers/index.html", context)


@login_required
@require_safe
def show_operation(request: HttpRequest, operation: str) -> HttpResponse:
    """One operation: its parameters, its answers, samples, and a form that asks it as oneself."""
    _reader(request)
    found = operation_named(operation)
    if found is None:
        raise Http404
    origin = _origin(request)
    context = {"operation": found, "curl": found.curl(origin), "python": found.python(origin)}
    return render(request, "developers/operation.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def new_key(request: HttpRequest) -> HttpResponse:
    """Make a key; its text is shown this once."""
    actor = keeper(request)
    form = KeyForm(request.POST or None, actor=actor)
    if form.is_valid():
        try:
            key, text = make_key(form.wish, at=form.cleaned_data["place"], by=actor)
        except KeyRefused as refusal:
            form.add_error("last" if refusal.reason.code != "scopes_missing" else "scopes", in_words(refusal.reason))
        else:
            return render(request, "developers/key_made.html", {"key": key, "text": text})
    return render(request, "developers/key_new.html", {"form": form})


@login_required
@require_safe
def show_key(request: HttpRequest, key_id: int) -> HttpResponse:
    """One key: what it opens, what happened to it."""
    found = KEYS.visible_to(onlooker(request))
    return render(request, "developers/key.html", beside_key(request, get_object_or_404(found, pk=key_id)))


def beside_key(request: HttpRequest, key: Any) -> dict[str, Any]:
    """What is said of one key, on its page and beside the list."""
    return {
        "key": key,
        "standing": key_badge(key),
        "facts": _facts(key),
        "scopes": [(scope.value, _(SCOPE_WORDS[scope])) for scope in Scope if scope.value in key.scopes],
        "may_revoke": standing_of(key) == "at_work" and bool(who_asks(request).paths(KEEP_PROGRAMS)),
    }


@login_required
@require_POST
def revoke(request: HttpRequest, key_id: int) -> HttpResponse:
    """Revoke a key."""
    actor = onlooker(request)
    revoke_key(get_object_or_404(keys_seen(actor), pk=key_id), by=actor)
    messages.success(request, _("密钥吊销了，它的下一次请求就进不来。"))
    return redirect("key", key_id=key_id)


def _facts(key: Any) -> list[tuple[Any, Any]]:
    made_by = key.made_by.name if key.made_by else _("运维人员")
    return [
        (_("编号"), key.number),
        (_("哪个工会"), key.place_name or ""),
        (_("开头几位"), f"{key.prefix}_…"),
        (_("谁发的"), made_by),
        (_("发的日期"), moment(key.made_at)),
        (_("最后一天"), day(key.expires_on)),
        (_("只许从哪些网络来"), "、".join(key.networks) or _("不限")),
        (_("一分钟最多几次"), key.per_minute),
        (_("最近一次使用"), moment(key.last_used_at) or _("还没有用过")),
    ]


def _versions() -> list[tuple[str, list[str]]]:
    """The API's changelog: each version with its lines; none where the documents are not installed."""
    path = Path(settings.ROOT).parent / CHANGELOG
    text = path.read_text("utf-8") if path.exists() else ""
    parts = [part.partition("\n") for part in text.replace("`", "").split("\n## ")[1:]]
    return [
        (version, [" ".join(line.split()) for line in f"\n{told}".split("\n- ")[1:]]) for version, _end, told in parts
    ]


def _origin(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _reader(request: HttpRequest) -> Actor:
    actor = who_asks(request)
    if not any(right.role in READERS for right in actor.rights):
        raise Http404
    return actor
