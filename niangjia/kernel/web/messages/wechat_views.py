"""A WeChat of one's own: bound by a code to scan, unbound by a button; and what the platform calls us with."""

import re
from http import HTTPStatus

from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.messages.channels import ChannelAway, ChannelBroken, NotTaken
from niangjia.kernel.messages.wechat.calls import official_account
from niangjia.kernel.messages.wechat.hearing import NotBelieved, Signed, greeted, heard
from niangjia.kernel.messages.wechat.services import ask_to_bind, confirm, hear, unbind

LONGEST_CALL = 64 * 1024
GREETING = re.compile(r"[A-Za-z0-9_-]{1,64}")


@login_required
@require_POST
def wechat(request: HttpRequest) -> HttpResponse:
    """Ask for a code to scan, say that it was oneself who scanned it, or unbind."""
    account: Account = request.user  # type: ignore[assignment]  # signed in
    actor = request.actor  # type: ignore[attr-defined]  # set by the middleware
    match request.POST.get("verb"):
        case "ask":
            _ask(request, account)
        case "confirm":
            if confirm(account, by=actor):
                flash.success(request, _("微信绑好了。以后有新消息，也发到那里，只说有消息。"))
            else:
                flash.error(request, _("没有绑定：时间过了，或者还没有扫。请重新要一个二维码。"))
        case "unbind":
            if unbind(account, by=actor):
                flash.success(request, _("微信解除绑定了，不再往那里发。"))
    return redirect("message_settings")


def _ask(request: HttpRequest, account: Account) -> None:
    if account.is_demo:
        flash.error(request, _("演示账号是大家共用的，不能绑定微信。"))
        return
    try:
        ask_to_bind(account)
    except ChannelAway:
        flash.error(request, _("微信那边暂时连不上，二维码没有要到。请过几分钟再试。"))
    except (ChannelBroken, NotTaken):
        flash.error(request, _("公众号没有设好，二维码没有要到。请告诉系统管理员。"))


@csrf_exempt  # the platform signs what it sends; it has no session here
@require_http_methods(["GET", "POST"])
def wechat_call(request: HttpRequest) -> HttpResponse:
    """What the platform calls us with (服务器地址): believed only when signed just now with our token."""
    account = official_account()
    if account is None:
        raise Http404
    asked = request.GET
    try:
        if request.method == "GET":
            signed = Signed(asked.get("signature", ""), asked.get("timestamp", ""), asked.get("nonce", ""))
            greeted(account, signed, at=clock.now())
            return _answer(GREETING.fullmatch(asked.get("echostr", "")))
        signed = Signed(asked.get("msg_signature", ""), asked.get("timestamp", ""), asked.get("nonce", ""))
        hear(heard(account, signed, _body(request), at=clock.now()))
    except NotBelieved:
        return HttpResponse(status=HTTPStatus.FORBIDDEN, content_type="text/plain")
    return HttpResponse("success", content_type="text/plain")


def _body(request: HttpRequest) -> bytes:
    if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST_CALL:
        raise NotBelieved
    return request.body


def _answer(greeting: re.Match[str] | None) -> HttpResponse:
    if greeting is None:
        raise NotBelieved
    return HttpResponse(greeting[0], content_type="text/plain")
