"""Forms of signing in, of the second factor, and of the password."""

from typing import Any

from allauth.account.adapter import get_adapter as account_adapter
from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm, SetPasswordForm
from allauth.mfa.adapter import get_adapter as factor_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access.adapter import locked_words
from niangjia.kernel.access.loopback import is_on_loopback
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.passwords import MixedValidator
from niangjia.kernel.access.second_factor import authenticator_for, has_second_factor
from niangjia.kernel.access.stages import CODE_WAS, PROVED_BY
from niangjia.kernel.access.tries import Locked, count_wrong, hold

LONGEST_CODE = 16


def proved_by(account: Account, code: str) -> Authenticator | None:
    """The authenticator a code proves; a wrong one counts with the wrong passwords, and a locked account looks at none."""
    try:
        tries = hold(account.login)
        authenticator = authenticator_for(account, code)
        if authenticator is None:
            count_wrong(tries, account.login)
    except Locked as locked:
        raise locked_words(locked) from locked
    return authenticator


def code_field(*, required: bool) -> forms.CharField:
    """The field for a code (动态码)."""
    marks = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
    return forms.CharField(
        label=_("动态码"), required=required, max_length=LONGEST_CODE, widget=forms.TextInput(attrs=marks)
    )


class SignInForm(LoginForm):
    """Account, password and code on one page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field(required=False)
        self.fields["code"].help_text = _("手机动态码应用上的 6 位数。职工不用填。")
        self.fields["login"].label = _("账号")
        self.fields["login"].error_messages["required"] = _("请填账号。")
        self.fields["login"].widget.attrs.update({"autocapitalize": "none", "spellcheck": "false"})
        _say(self.fields["password"], _("密码"), missing=_("请填密码。"))
        del self.fields["login"].widget.attrs["placeholder"]

    def _clean_with_password(self, credentials: dict[str, Any]) -> dict[str, Any]:
        cleaned: dict[str, Any] = super()._clean_with_password(credentials)
        if self.user.is_demo and not is_on_loopback(self.request):
            # Said as of an account that is not there: from outside it is not.
            raise account_adapter().validation_error("username_password_mismatch")
        if has_second_factor(self.user):
            self._prove(cleaned.get("code", ""))
        return cleaned

    def _prove(self, code: str) -> None:
        """Prove the code beside the password; without a good one the next page asks for it alone."""
        if not code:
            self._login.state[CODE_WAS] = "missing"
            return
        authenticator = proved_by(self.user, code)
        if authenticator is None:
            self._login.state[CODE_WAS] = "wrong"
            return
        self._login.state[PROVED_BY] = authenticator.pk


class _Proving:
    """A form with a code of an account that is known already."""

    user: Any
    cleaned_data: dict[str, Any]
    authenticator: Authenticator

    def clean_code(self) -> str:
        """A good code is used up here; wrong ones are counted."""
        authenticator = proved_by(self.user, self.cleaned_data["code"])
        if authenticator is None:
            raise factor_adapter().validation_error("incorrect_code")
        authenticator.user = self.user
        self.authenticator = authenticator
        return str(self.cleaned_data["code"])


class CodeForm(_Proving, AuthenticateForm):
    """The code alone, where the first page brought none or a wrong one."""

    code = code_field(required=True)


class ProveAgainForm(_Proving, CodeAgainForm):
    """The code once more, before something that matters."""

    code = code_field(required=True)


class SetUpCodeForm(ActivateTOTPForm):
    """The first code of a phone that was just shown the secret."""

    code = code_field(required=True)


class PasswordAgainForm(ReauthenticateForm):
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["password"], _("密码"), missing=_("请填密码。"))


class NewPasswordForm(ChangePasswordForm):
    """The old password, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["oldpassword"], _("现在的密码"), missing=_("请填现在的密码。"))
        _say(self.fields["password1"], _("新密码"), missing=_("请填新密码。"))
        _say(self.fields["password2"], _("新密码，再写一遍"), missing=_("请把新密码再写一遍。"))
        self.fields["password1"].help_text = MixedValidator().get_help_text()

    def clean_oldpassword(self) -> str:
        """The password of now; wrong ones count as at the door."""
        given = str(self.cleaned_data.get("oldpassword", ""))
        try:
            tries = hold(self.user.login)
            if not self.user.check_password(given):
                count_wrong(tries, self.user.login)
                raise account_adapter().validation_error("enter_current_password")
        except Locked as locked:
            raise locked_words(locked) from locked
        return given

    def clean(self) -> dict[str, Any]:
        """A demo account keeps its public password; the two new ones must agree."""
        if self.user.is_demo:
            raise ValidationError(_("演示账号的密码是大家共用的，不能改。"))
        return _agreeing(self)


class FirstPasswordForm(SetPasswordForm):
    """A password twice, for who came by a link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["password1"], _("新密码"), missing=_("请填新密码。"))
        _say(self.fields["password2"], _("新密码，再写一遍"), missing=_("请把新密码再写一遍。"))
        self.fields["password1"].help_text = MixedValidator().get_help_text()

    def clean(self) -> dict[str, Any]:
        """The two must agree."""
        return _agreeing(self)


def _agreeing(form: forms.Form) -> dict[str, Any]:
    cleaned: dict[str, Any] = forms.Form.clean(form) or form.cleaned_data
    first, second = cleaned.get("password1"), cleaned.get("password2")
    if first and second and first != second:
        form.add_error("password2", _("两次写的新密码不一样，请再写一遍。"))
    return cleaned


def _say(field: forms.Field, label: Any, *, missing: Any) -> None:
    """Our words on a field of allauth's."""
    field.label = label
    field.help_text = ""
    field.error_messages["required"] = missing
    field.widget.attrs.pop("placeholder", None)
