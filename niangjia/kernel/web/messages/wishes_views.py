"""How somebody wants to hear of messages, and an address of her own that a letter proves."""

from typing import Any

from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.messages.channels import ways
from niangjia.kernel.messages.models import Preference
from niangjia.kernel.messages.proving import ask_email, forget_email, prove
from niangjia.kernel.messages.queries import wishes_of
from niangjia.kernel.messages.rules import Channel
from niangjia.kernel.messages.services import keep_wishes
from niangjia.kernel.messages.wechat.queries import binding_of, standing
from niangjia.kernel.messages.wechat.rules import Standing
from niangjia.kernel.web.frames import frame_of
from niangjia.kernel.web.messages.forms import EmailForm, WishesForm
from niangjia.kernel.web.pictures.codes import code_to_scan


@login_required
@require_http_methods(["GET", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    """Channels, quiet hours, digest; what the law asks for is said and cannot be switched off."""
    account = _account(request)
    before = wishes_of(account.pk)
    offered = tuple(each for each in Channel if each in ways())
    given = request.POST if request.method == "POST" else None
    form = WishesForm(given, wishes=before, offered=offered, on=clock.today())
    if form.is_valid():
        keep_wishes(form.wishes(before), by=account)
        flash.success(request, _("存好了。"))
        return redirect("message_settings")
    return _page(request, form, EmailForm(initial={"email": account.email}))


@login_required
@require_POST
def give_email(request: HttpRequest) -> HttpResponse:
    """Give an address, or take it away; it counts once a letter there was answered."""
    account = _account(request)
    if request.POST.get("verb") == "forget":
        forget_email(account)
        flash.success(request, _("邮箱删掉了，不再发邮件。"))
        return redirect("message_settings")
    if request.POST.get("verb") == "prove":
        if prove(account, request.POST.get("code", "")):
            flash.success(request, _("邮箱确认了，以后的消息也发到那里。"))
        else:
            flash.error(request, _("对不上。请照最近一封信里的那串字再填一次，没有收到就再发一封。"))
        return redirect("message_settings")
    form = EmailForm(request.POST)
    if not form.is_valid() or Channel.EMAIL not in ways():
        before = wishes_of(account.pk)
        offered = tuple(each for each in Channel if each in ways())
        return _page(request, WishesForm(wishes=before, offered=offered, on=clock.today()), form)
    ask_email(account, form.cleaned_data["email"])
    flash.success(request, _("发了一封信过去。信里有一串字，填在下面，邮箱才算数。"))
    return redirect("message_settings")


def _page(request: HttpRequest, form: WishesForm, email: EmailForm) -> HttpResponse:
    account = _account(request)
    asked = Preference.objects.filter(pk=account.pk).values_list("asked_email", flat=True).first()
    shown: dict[str, Any] = {
        "frame": frame_of(request),
        "form": form,
        "email_form": email,
        "email": account.email,
        "asked": asked or "",
        "has_mail": Channel.EMAIL in ways(),
        "wechat": _wechat(account) if Channel.WECHAT in ways() else None,
    }
    return render(request, "messages/settings.html", shown)


def _wechat(account: Account) -> dict[str, Any]:
    """How far her WeChat is bound, with the code to scan while there is one."""
    held = binding_of(account.pk)
    at = standing(held)
    return {
        "standing": at,
        "binding": held,
        "is_shared": account.is_demo,
        "code": code_to_scan(held.scan_address) if held and at is Standing.ASKED else "",
    }


def _account(request: HttpRequest) -> Account:
    account: Account = request.user  # type: ignore[assignment]  # signed in
    return account
