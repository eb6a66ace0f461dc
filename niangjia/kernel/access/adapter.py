"""How accounts of unions differ from those of a public web site: nobody signs up, secrets are sealed, words are ours."""

from base64 import b64decode, b64encode
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access.models import Account
from niangjia.kernel.access.second_factor import has_second_factor
from niangjia.kernel.access.tries import Locked, count_wrong, hold
from niangjia.kernel.sealed import seal, unseal

SECRETS = "mfa_authenticator.data"


def locked_words(locked: Locked) -> ValidationError:
    """The same words for every name, known or not: until when, and what to do."""
    words = gettext("试错次数太多，这个账号先锁一会儿，{time} 以后再来。忘了密码，请本级管理员给您重设。")
    return ValidationError(words.format(time=f"{timezone.localtime(locked.opens_at):%H:%M}"), code="locked")


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are given by a union, never taken by signing up."""

    error_messages: ClassVar[dict[str, str | Promise]] = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("账号或密码不对。密码分大小写；忘了密码，请本级管理员给您重设。"),
        "incorrect_password": _("密码不对。密码分大小写，再填一次。"),
        "enter_current_password": _("现在的密码不对，再填一次。"),
        "too_many_login_attempts": _("试了太多次。过 15 分钟再来；忘了密码，请本级管理员给您重设。"),
        "rate_limited": _("试了太多次，请过一会儿再来。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up."""
        return False

    def get_login_stages(self) -> list[str]:
        """The steps of signing in; no mail, no telephone."""
        return ["niangjia.kernel.access.stages.CodeStage"]

    def is_reauthentication_required(self, *, app: str, **_kwargs: object) -> bool:
        """Ask again before a second factor is changed; the first one is set up right after signing in."""
        user = self.request.user
        return isinstance(user, Account) and has_second_factor(user)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Hold the tries at this name before the password is looked at; a locked one is not looked at at all."""
        self._login_failed_rl_usage = None
        self._login = str(credentials.get("username") or "")
        try:
            self._tries = hold(self._login)
        except Locked as locked:
            raise locked_words(locked) from locked

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the wrong password."""
        try:
            count_wrong(self._tries, self._login)
        except Locked as locked:
            raise locked_words(locked) from locked

    def add_message(self, *_args: object, **_kwargs: object) -> None:
        """Say nothing of its own: our pages say what happened."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of the second factor rest sealed."""

    error_messages: ClassVar[dict[str, str | Promise]] = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("动态码不对。手机上的码 30 秒换一次，等换了新的再填；手机时间不准也会不对。"),
        "cannot_delete_authenticator": _("演示账号的动态码是大家共用的，不能停用。"),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret."""
        return b64encode(seal(text, aad=SECRETS)).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret."""
        return unseal(b64decode(encrypted_text), aad=SECRETS)

    def generate_authenticator_name(self, user: Account, type: Authenticator.Type) -> str:  # noqa: A002 — allauth names it
        """What a passkey is called until its owner says otherwise."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("通行密钥 {n}").format(n=number)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """For whom passkeys are made: this program, under the name it was opened by."""
        return super().get_public_key_credential_rp_entity() | {"name": settings.MFA_TOTP_ISSUER}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """A demo account keeps its public secret."""
        return not authenticator.user.is_demo
