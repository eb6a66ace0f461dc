"""Passkeys (通行密钥): set up, named, removed, and signed in with. Everything is decided by allauth; the pages are ours."""

import json
from ipaddress import ip_address
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    EditWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from niangjia.kernel.access.second_factor import forget_proof, has_second_factor
from niangjia.kernel.access.sessions import SESSION, end_sessions
from niangjia.kernel.journal.services import record


def may_be_used_here(request: HttpRequest) -> bool:
    """A passkey belongs to a name: opened by a bare number of a network, a page can take none."""
    host, _port = split_domain_port(request.get_host())
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return True
    return False


def options_of(context: dict[str, Any], name: str) -> str:
    """What the browser is asked, as text for an attribute."""
    return json.dumps(context["js_data"][name])


class AddPasskey(AddWebAuthnView):
    """Set up a passkey: from now on it counts, and this session was opened with one."""

    template_name = "web/passkey_add.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form, and what the browser is asked."""
        context: dict[str, Any] = {
            "usable": may_be_used_here(self.request),
            "form": kwargs.get("form") or self.get_form(),
        }
        if not context["usable"]:
            return context
        context |= super().get_context_data(**kwargs)
        return context | {
            "form": kwargs.get("form") or self.get_form(),
            "options": options_of(context, "creation_options"),
        }

    def form_valid(self, form: Form) -> HttpResponse:
        """Keep it, and count it for this session."""
        response: HttpResponse = super().form_valid(form)
        account = self.request.user
        newest = Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.WEBAUTHN).latest("pk")
        record_authentication(self.request, account, "mfa", id=newest.pk, type=newest.type, reauthenticated=True)
        record("add_passkey", by=self.request.actor, thing="account", thing_id=account.pk)
        messages.success(self.request, _("通行密钥加好了，下次可以用它登录。"))
        return response


class RenamePasskey(EditWebAuthnView):
    """Give a passkey another name."""

    template_name = "web/passkey_rename.html"


class RemovePasskey(RemoveWebAuthnView):
    """Remove a passkey; every other session ends, and with the last one what this session proved."""

    template_name = "web/passkey_remove.html"

    def form_valid(self, form: Form) -> HttpResponse:
        """Remove it."""
        response: HttpResponse = super().form_valid(form)
        account, actor = self.request.user, self.request.actor
        record("remove_passkey", by=actor, thing="account", thing_id=account.pk)
        end_sessions(account, by=actor, but=self.request.session.get(SESSION))
        if not has_second_factor(account):
            forget_proof(self.request)
        messages.success(self.request, _("这把通行密钥删掉了。"))
        return response


class PasskeyAgain(ReauthenticateWebAuthnView):
    """A passkey once more, before something that matters."""

    template_name = "web/passkey_again.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form, and what the browser is asked."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"form": self.get_form(), "options": options_of(context, "request_options")}


class PasskeySignIn(LoginWebAuthnView):
    """Sign in with a passkey alone; the device has asked for finger, face or PIN."""

    template_name = "web/sign_in.html"

    def form_invalid(self, form: Form) -> HttpResponse:
        """Say that it did not work, and what else there is."""
        messages.error(self.request, _("这把通行密钥没有验证通过。请再试一次，或者用密码和动态码登录。"))
        return redirect("account_login")


def back_to_second_factor(_request: HttpRequest) -> HttpResponse:
    """Where allauth lists passkeys: with us they stand on the page of the second factor."""
    return redirect(reverse("mfa_index"))
