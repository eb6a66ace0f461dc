"""The door: signing in and out, second factor, password. Everything is decided by allauth; the pages are ours."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import AccountInactiveView, LoginView, LogoutView, PasswordChangeView, ReauthenticateView
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.base.views import ReauthenticateView as ProveAgainView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from niangjia.kernel.access.city.queries import city_door, identity_of
from niangjia.kernel.access.demo import DemoAccount, demo_accounts, sign_in_to_demo
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.passwords import why_change_password
from niangjia.kernel.access.second_factor import authenticator_for, forget_proof, needs_second_factor
from niangjia.kernel.access.sessions import SESSION, end_sessions
from niangjia.kernel.access.stages import CODE_WAS
from niangjia.kernel.journal.services import record
from niangjia.kernel.places.queries import place_names
from niangjia.kernel.web.frames import frame_of
from niangjia.kernel.web.passkeys import may_be_used_here, options_of
from niangjia.kernel.web.phone_sign_in import first_page
from niangjia.kernel.web.returning import safe_next
from niangjia.kernel.web.roles import words_of

WHY_AGAIN = {
    "idle": gettext_lazy("半个小时没有动过，为了安全已经退出。登录后回到刚才那一页。"),
    "idle-typed": gettext_lazy("半个小时没有动过，为了安全已经退出。刚才填的没有保存，登录后请再填一次。"),
    "ended": gettext_lazy("这台设备的登录已经结束：可能改了密码，在别处点了退出，或者管理员调整了账号。请再登录。"),
    "ended-typed": gettext_lazy("这台设备的登录已经结束，刚才填的没有保存。请再登录。"),
}


class SignIn(LoginView):
    """Account, password, code: one page."""

    template_name = "web/sign_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form; on this machine also the demo accounts."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context |= first_page(self.request)
        accounts = demo_accounts(self.request)
        names = place_names(account.place_id for account in accounts)
        why = WHY_AGAIN.get(self.request.GET.get("why", ""), "")
        return context | {
            "accounts": [_shown(account, names) for account in accounts],
            "why": why,
            "passkeys": may_be_used_here(self.request),
            "city": city_door(),
        }


class AskCode(AuthenticateView):
    """The code alone, where the first page brought none or a wrong one."""

    template_name = "web/ask_code.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form, for whom it is, and what was wrong with the code before."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        login = self.stage.login
        kinds = set(login.user.authenticator_set.values_list("type", flat=True))
        context |= {"has_codes": kinds != {Authenticator.Type.WEBAUTHN}, "options": ""}
        if Authenticator.Type.WEBAUTHN in kinds and may_be_used_here(self.request):
            context["options"] = options_of(context, "request_options")
        return context | {"account": login.user.login, "code_was": login.state.get(CODE_WAS, "missing")}


class SignOut(LogoutView):
    """Signing out asks once where it was opened by an address, and never where it was pressed."""

    template_name = "web/sign_out.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The question."""
        return super().get_context_data(**kwargs) | {"frame": frame_of(self.request)}


class Inactive(AccountInactiveView):
    """An account that was switched off."""

    template_name = "web/inactive.html"


@method_decorator(login_required, name="dispatch")
class ChangePassword(PasswordChangeView):
    """A new password."""

    template_name = "web/change_password.html"

    def get_default_success_url(self) -> str:
        """Back to the settings."""
        return "/settings/"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Who signs in without a password has none to change."""
        if isinstance(request.user, Account) and not request.user.has_usable_password():
            return redirect("settings")
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def form_valid(self, form: Form) -> HttpResponse:
        """Say that it is done; every other session ends with the old password."""
        response = super().form_valid(form)
        account, actor = self.request.user, self.request.actor
        record("change_password", by=actor, thing="account", thing_id=account.pk)
        end_sessions(account, by=actor, but=self.request.session.get(SESSION))
        messages.success(self.request, _("密码改好了，下次用新密码登录。别的设备已经退出。"))
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form, in the frame of whoever it is, and why it has to be now."""
        at_work = needs_second_factor(self.request.actor)
        why = why_change_password(self.request.user, at_work=at_work)
        return super().get_context_data(**kwargs) | {"frame": frame_of(self.request), "why": why}


class PasswordAgain(ReauthenticateView):
    """The password once more, before something that matters."""

    template_name = "web/prove_again.html"


class CodeAgain(ProveAgainView):
    """The code once more, before something that matters."""

    template_name = "web/prove_again.html"


class SecondFactor(IndexView):
    """What second factor this account has."""

    template_name = "web/second_factor.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The state of codes, and whether the person's work asks for them."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        authenticators = context["authenticators"]
        context["passkeys"] = authenticators.get(Authenticator.Type.WEBAUTHN, [])
        totp = authenticators.get(Authenticator.Type.TOTP)
        spare = authenticators.get(Authenticator.Type.RECOVERY_CODES)
        city = city_door()
        return context | {
            "frame": frame_of(self.request),
            "city": city,
            "identity": identity_of(self.request.user, city) if city else None,
            "totp": totp.instance if totp else None,
            "spare_left": len(spare.get_unused_codes()) if spare else 0,
            "asked_for": needs_second_factor(self.request.actor),
        }


class SetUpCodes(ActivateTOTPView):
    """Show the secret once, take the first code."""

    template_name = "web/set_up_codes.html"

    def form_valid(self, form: Form) -> HttpResponse:
        """From now on the codes count, and this session was opened with one."""
        response = super().form_valid(form)
        account = self.request.user
        authenticator_for(account, form.cleaned_data["code"])  # used up: the same code opens nothing more
        totp = Authenticator.objects.get(user_id=account.pk, type=Authenticator.Type.TOTP)
        record_authentication(self.request, account, "mfa", id=totp.pk, type=totp.type, reauthenticated=True)
        return response


@method_decorator(never_cache, name="dispatch")
class SpareCodes(ViewRecoveryCodesView):
    """The spare codes, shown once."""

    template_name = "web/spare_codes.html"


class NewSpareCodes(GenerateRecoveryCodesView):
    """New spare codes; the old ones end."""

    template_name = "web/new_spare_codes.html"


class StopCodes(DeactivateTOTPView):
    """Another phone: stop the codes of the old one."""

    template_name = "web/stop_codes.html"

    def form_valid(self, form: Form) -> HttpResponse:
        """With the codes ends what they proved: this session, too, starts from the set-up again."""
        response = super().form_valid(form)
        forget_proof(self.request)
        end_sessions(self.request.user, by=self.request.actor, but=self.request.session.get(SESSION))
        return response


@require_POST
@never_cache
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """One press on a demo account."""
    return sign_in_to_demo(request, request.POST.get("account", ""), next_page=safe_next(request))


def _shown(account: DemoAccount, names: dict[int, str]) -> dict[str, Any]:
    role = words_of(account.role) if account.role else _("职工")
    return {"account": account, "role": role, "place": names.get(account.place_id, "")}
