"""Passwords (密码) as 等保 asks for them: long, mixed, not one's own name, not one of the last, not for ever."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account, FormerPassword
from niangjia.kernel.access.queries import holds_administration

INITIAL, OLD = "initial", "old"
CLASSES = (str.isupper, str.islower, str.isdigit)


class MixedValidator:
    """Long enough for the account's role, and of three kinds of characters, or a phrase long enough to need none of that."""

    def validate(self, password: str, user: Account | None = None) -> None:
        """Refuse a password that is too short or too plain."""
        shortest = self._shortest(user)
        if len(password) < shortest:
            words = ngettext("密码太短，至少 {n} 位。", "密码太短，至少 {n} 位。", shortest)
            raise ValidationError(words.format(n=shortest), code="password_too_short")
        is_phrase = len(password) >= settings.NIANGJIA_PASSPHRASE_LENGTH
        if not is_phrase and kinds_of(password) < settings.NIANGJIA_PASSWORD_KINDS:
            words = _("太好猜：大写字母、小写字母、数字、其他符号和汉字，四类里要有三类；或者写成 {n} 位以上的一句话。")
            raise ValidationError(words.format(n=settings.NIANGJIA_PASSPHRASE_LENGTH), code="password_too_plain")

    def get_help_text(self) -> str:
        """What is asked for."""
        words = _(
            "至少 {n} 位（管理员 {m} 位），大写、小写、数字、其他符号和汉字四类里有三类；或者 {p} 位以上的一句话。"
        )
        return words.format(
            n=settings.NIANGJIA_PASSWORD_LENGTH,
            m=settings.NIANGJIA_ADMIN_PASSWORD_LENGTH,
            p=settings.NIANGJIA_PASSPHRASE_LENGTH,
        )

    def _shortest(self, user: Account | None) -> int:
        is_admin = user is not None and user.pk is not None and holds_administration(user)
        return settings.NIANGJIA_ADMIN_PASSWORD_LENGTH if is_admin else settings.NIANGJIA_PASSWORD_LENGTH


class NotAgainValidator:
    """None of the last passwords of this account."""

    def validate(self, password: str, user: Account | None = None) -> None:
        """Refuse a password that was in use before."""
        if user is None or user.pk is None:
            return
        past = FormerPassword.objects.filter(account=user).order_by("-id")[: settings.NIANGJIA_PASSWORDS_KEPT]
        if any(check_password(password, former.password) for former in past):
            words = _("这个密码用过，最近 {n} 个不能再用。").format(n=settings.NIANGJIA_PASSWORDS_KEPT)
            raise ValidationError(words, code="password_used_before")

    def password_changed(self, _password: str, user: Account | None = None) -> None:
        """Remember the password that was just set, and since when it is in force; older ones are forgotten."""
        if user is None:
            return
        now = clock.now()
        FormerPassword.objects.create(account=user, password=user.password, set_at=now)
        kept = FormerPassword.objects.filter(account=user).order_by("-id")[: settings.NIANGJIA_PASSWORDS_KEPT]
        FormerPassword.objects.filter(account=user).exclude(pk__in=[former.pk for former in kept]).delete()
        user.password_set_at, user.must_change_password = now, False
        Account.objects.filter(pk=user.pk).update(password_set_at=now, must_change_password=False)

    def get_help_text(self) -> str:
        """What is asked for."""
        return _("最近 {n} 个用过的密码不能再用。").format(n=settings.NIANGJIA_PASSWORDS_KEPT)


class SetPasswordLinks(PasswordResetTokenGenerator):
    """Links for setting a password (设密码链接): signed, good once and for a day, judged by the database's clock."""

    key_salt = "niangjia.kernel.access.passwords.SetPasswordLinks"

    def check_token(self, user: Any, token: str | None) -> bool:
        """Whether the link is this account's and still good; of an account that is switched off none is."""
        return isinstance(user, Account) and user.is_active and bool(super().check_token(user, token))

    def _now(self) -> datetime:
        return timezone.make_naive(clock.now())


LINKS = SetPasswordLinks()


def kinds_of(password: str) -> int:
    """How many of the four kinds of characters it has: capitals, small letters, digits, and everything else."""
    found = {next((number for number, fits in enumerate(CLASSES) if fits(each)), len(CLASSES)) for each in password}
    return len(found)


def why_change_password(account: Account, *, at_work: bool) -> str | None:
    """None where the password may stay, else `initial` (drawn by an administrator) or `old`; demo accounts keep theirs."""
    if account.is_demo or not account.has_usable_password():
        return None
    if account.must_change_password:
        return INITIAL
    oldest = clock.now() - timedelta(days=settings.NIANGJIA_PASSWORD_DAYS)
    return OLD if at_work and account.password_set_at < oldest else None
