"""The inbox on both faces, one message, and what could not be delivered, without anything of what it said."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.own_side import came_by_phone
from niangjia.kernel.access.rules import Actor, Move, Role
from niangjia.kernel.messages.channels import ways
from niangjia.kernel.messages.models import Message
from niangjia.kernel.messages.queries import counted, messages_of, unread_of
from niangjia.kernel.messages.reading import Said, words_of
from niangjia.kernel.messages.rules import Channel, Kind
from niangjia.kernel.messages.services import read, read_all
from niangjia.kernel.web.frames import frame_of
from niangjia.kernel.web.messages.words import CHANNEL_WORDS, KIND_WORDS, REASON_WORDS, STATE_FORMS, STATE_WORDS

PER_PAGE = 30
SINCE = timedelta(days=30)
UNREAD = "unread"
ICONS = {Kind.SECURITY: "shield-check", Kind.OWN_DATA: "id", Kind.WORK: "clipboard-list"}
# 等保: who keeps the system and who guards it see that something failed, and never what it said.
SEE_DELIVERIES = Move("see_deliveries", frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}))


@dataclass(frozen=True)
class Row:
    """A message as the inbox shows it."""

    message: Message
    said: Said
    icon: str


@login_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Messages (消息), unread first; a filter by kind."""
    account = _account(request)
    kind = request.GET.get("kind", "")
    found = messages_of(account)
    if kind == UNREAD:
        found = found.filter(read_at=None)
    elif kind in set(Kind):
        found = found.filter(kind=kind)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "frame": frame_of(request),
        "rows": [Row(each, words_of(each), ICONS[Kind(each.kind)]) for each in page],
        "page": page,
        "kind": kind,
        "kinds": [("", _("全部")), (UNREAD, _("没看的")), *((each.value, KIND_WORDS[each]) for each in Kind)],
        "unread": unread_of(account),
    }
    return render(request, "messages/inbox.html", shown)


@login_required
@require_safe
def show(request: HttpRequest, message_id: int) -> HttpResponse:
    """One message; opened, it is read. The page it leads to asks for rights anew."""
    message = read(message_id, by=_account(request))
    if message is None:
        raise Http404
    said = words_of(message)
    # On her own side a cadre's rights open nothing.
    is_elsewhere = message.kind == Kind.WORK and came_by_phone(request)
    shown = {
        "frame": frame_of(request),
        "row": Row(message, said, ICONS[Kind(message.kind)]),
        "kind": KIND_WORDS[Kind(message.kind)],
        "address": "" if is_elsewhere else said.address,
        "is_elsewhere": is_elsewhere,
    }
    return render(request, "messages/message.html", shown)


@login_required
@require_POST
def all_read(request: HttpRequest) -> HttpResponse:
    """Everything is read."""
    number = read_all(by=_account(request))
    words = ngettext("{n} 条都算看过了。", "{n} 条都算看过了。", number).format(n=number)
    flash.success(request, words if number else _("没有没看的消息。"))
    return redirect("messages")


@login_required
@require_safe
def deliveries(request: HttpRequest) -> HttpResponse:
    """What was sent by other channels in the last month, by channel, state and reason."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the middleware
    if not actor.paths(SEE_DELIVERIES):
        raise Http404
    open_ways = ways()
    shown = {
        "lines": [_line(each) for each in counted(since=clock.now() - SINCE)],
        "channels": [(CHANNEL_WORDS[each], each in open_ways) for each in Channel],
        "days": SINCE.days,
    }
    return render(request, "messages/deliveries.html", shown)


def _line(counts: dict[str, Any]) -> dict[str, Any]:
    return {
        "channel": CHANNEL_WORDS[counts["channel"]],
        "form": STATE_FORMS[counts["state"]],
        "state": STATE_WORDS[counts["state"]],
        "reason": REASON_WORDS.get(counts["reason"], ""),
        "number": counts["number"],
    }


def _account(request: HttpRequest) -> Account:
    account: Account = request.user  # type: ignore[assignment]  # signed in
    return account
