"""One's own account: where it is signed in, what happened to it, and a first password by a link."""

from typing import Any, cast
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import base36_to_int
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.kernel.access.forms import FirstPasswordForm
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.own_side import came_by_phone
from niangjia.kernel.access.passwords import LINKS
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.sessions import SESSION, end_sessions, sessions_of
from niangjia.kernel.journal.services import record
from niangjia.kernel.web.frames import frame_of
from niangjia.kernel.web.trail import trail_of

# What an account's owner reads of it; the journal has more.
VERBS = {
    "open_account": gettext_lazy("开通了账号"),
    "switch_off_account": gettext_lazy("停用了账号"),
    "switch_on_account": gettext_lazy("重新启用了账号"),
    "make_password_link": gettext_lazy("给了一个设密码的链接，原来的密码作废"),
    "set_password": gettext_lazy("用链接设了新密码"),
    "change_password": gettext_lazy("改了密码"),
    "lock_account": gettext_lazy("试错次数太多，账号锁了一会儿"),
    "unlock_account": gettext_lazy("解了锁"),
    "renew_second_factor": gettext_lazy("停用了动态码和通行密钥，要重新设"),
    "add_passkey": gettext_lazy("加了一把通行密钥"),
    "remove_passkey": gettext_lazy("删了一把通行密钥"),
    "link_city_identity": gettext_lazy("关联了统一身份"),
    "unlink_city_identity": gettext_lazy("取消了统一身份的关联"),
    "make_city_link": gettext_lazy("给了一个关联统一身份的链接"),
    "end_sessions": gettext_lazy("让登录着的设备退出了"),
    "grant_role": gettext_lazy("给了一项权限"),
    "delegate_role": gettext_lazy("委托了一项权限"),
    "revoke_role": gettext_lazy("收回了一项权限"),
}
LINK = "set_password_link"


@login_required
@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """Where the account is signed in, and what happened to it."""
    account = _account(request)
    shown = {
        "frame": frame_of(request),
        "sessions": sessions_of(account, request),
        "by_phone": came_by_phone(request),
        "steps": trail_of("account", account.pk, verbs=VERBS, fields={}),
    }
    return render(request, "web/sessions.html", shown)


@login_required
@require_POST
def end_session(request: HttpRequest, session: UUID) -> HttpResponse:
    """End one session of one's own."""
    if end_sessions(_account(request), by=_actor(request), only=session):
        messages.success(request, _("那台设备已经退出。"))
    return redirect("sessions")


@login_required
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    end_sessions(_account(request), by=_actor(request), but=request.session.get(SESSION))
    messages.success(request, _("别的设备都已经退出，这台还在。"))
    return redirect("sessions")


@never_cache
@require_safe
def open_link(request: HttpRequest, account: str, token: str) -> HttpResponse:
    """A link is taken out of the address bar at once, and kept for the page that follows."""
    request.session[LINK] = [account, token]
    return redirect("set_password")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def set_password(request: HttpRequest) -> HttpResponse:
    """A first password, for who came by a link."""
    account = _linked(request)
    if account is None:
        return render(request, "web/set_password.html", {"account": None}, status=404)
    form = FirstPasswordForm(data=request.POST or None, user=account)
    if form.is_valid():
        get_adapter(request).set_password(account, form.cleaned_data["password1"])
        owner = Actor(account_id=account.pk, name=account.name)
        record("set_password", by=owner, thing="account", thing_id=account.pk)
        end_sessions(account, by=owner)
        del request.session[LINK]
        messages.success(request, _("密码设好了，现在用它登录。"))
        return redirect("account_login")
    return render(request, "web/set_password.html", {"account": account, "form": form})


def _linked(request: HttpRequest) -> Account | None:
    """The account a link was made for, while it is good."""
    number, token = request.session.get(LINK, ["", ""])
    try:
        found = Account.objects.select_for_update().filter(pk=base36_to_int(number)).first()
    except ValueError:
        return None
    return found if LINKS.check_token(found, token) else None


def _account(request: HttpRequest) -> Account:
    return cast("Account", request.user)  # behind login_required


def _actor(request: HttpRequest) -> Any:
    return request.actor  # type: ignore[attr-defined]  # set by the middleware
