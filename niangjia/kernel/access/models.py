"""Accounts, and the rights they are given."""

from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.access.rules import ADMINISTRATORS, NEVER_GIVEN, Role
from niangjia.kernel.people.models import Subject
from niangjia.kernel.places.models import Place


class AccountQuery(BaseUserManager["Account"]):
    """How accounts are found and opened."""

    def create_account(self, login: str, *, name: str, password: str | None = None, **facts: object) -> "Account":
        """Open an account; without a password it cannot sign in by one."""
        account = self.model(login=login, name=name, **facts)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """An account (账号); it belongs to a person once the person is known."""

    login = models.CharField(_("账号"), max_length=64, unique=True)
    name = models.CharField(_("姓名"), max_length=64)
    post = models.CharField(_("职务"), max_length=64, blank=True)
    subject = models.OneToOneField(Subject, models.PROTECT, null=True, related_name="account")
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    language = models.CharField(max_length=8, choices=[("zh-hans", "中文"), ("en", "English")], default="zh-hans")
    theme = models.CharField(max_length=5, choices=[("light", _("浅色")), ("dark", _("深色"))], default="light")
    large_type = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)
    # Where it was opened for a cadre: whose administrators keep it, also while it has no right.
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="accounts")
    password_set_at = models.DateTimeField(default=clock.now)
    # The first password was drawn by an administrator: somebody else has seen it.
    must_change_password = models.BooleanField(default=False, db_default=False)

    objects: ClassVar[AccountQuery] = AccountQuery()

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(theme__in=["light", "dark"]), name="account_theme_known"),
            models.CheckConstraint(condition=Q(language__in=["zh-hans", "en"]), name="account_language_known"),
        )

    def __str__(self) -> str:
        return self.login


# The three administrators and the business of the union are four duties that one person may not mix.
DUTY = models.Case(
    *(models.When(role=role.value, then=models.Value(number)) for number, role in enumerate(sorted(ADMINISTRATORS), 1)),
    default=models.Value(0),
    output_field=models.IntegerField(),
)
GRANTED_DAYS = models.Func(
    "valid_from", "valid_to", models.Value("[]"), function="daterange", output_field=DateRangeField()
)


class Grant(models.Model):
    """A right given (授权): a role at a place, from a day to a day, by whom."""

    city = models.CharField(max_length=6)
    account = models.ForeignKey(Account, models.CASCADE, related_name="grants")
    role = models.CharField(
        max_length=16, choices=[(role.value, role.value) for role in Role if role not in NEVER_GIVEN]
    )
    place = models.ForeignKey(Place, models.PROTECT, related_name="grants")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    given_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    # From this instant on it gives nothing, whatever its days say.
    revoked_at = models.DateTimeField(null=True)
    # A delegated right (委托) hangs on the right it came from, and ends with it.
    delegated_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="delegated")

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="grant_duties_apart",
                expressions=[
                    ("account", RangeOperators.EQUAL),
                    (DUTY, RangeOperators.NOT_EQUAL),
                    (GRANTED_DAYS, RangeOperators.OVERLAPS),
                ],
                condition=~Q(role=Role.WORKER.value) & Q(revoked_at=None),
                violation_error_message=_("系统管理员、安全管理员、审计管理员要由不同的人担任，也不能兼办业务。"),
            ),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role if role not in NEVER_GIVEN]), name="grant_role_known"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")), name="grant_ends_after_it_begins"
            ),
        )

    def __str__(self) -> str:
        return f"{self.account_id} {self.role} @ {self.place_id}"


class WrongTries(models.Model):
    """Wrong tries (试错) at one account name in a row, whether there is such an account or not."""

    # Keyed, for people write passwords into the wrong field.
    login_index = models.BinaryField(max_length=32, unique=True)
    number = models.PositiveSmallIntegerField(default=0)
    last_at = models.DateTimeField(default=clock.now, db_index=True)
    locked_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.number}"


class OpenSession(models.Model):
    """A session (登录会话) that is open: without this row a cookie opens nothing. No address of a network is kept."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="open_sessions")
    device = models.CharField(max_length=32, blank=True)
    opened_at = models.DateTimeField(default=clock.now)
    last_active_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.account_id} {self.device}"


class Session(AbstractBaseSession):
    """What a browser's cookie stands for (登录状态): sealed against change, with whose it is beside it.

    The columns repeat what the content says, so that one statement finds the session, its account and its rights.
    """

    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="+", db_constraint=False)
    opened_id = models.UUIDField(null=True)
    is_by_phone = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.account_id} {self.opened_id}"


class FormerPassword(models.Model):
    """A password that was set (用过的密码), as the same slow hash that signing in is checked against."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="former_passwords")
    password = models.CharField(max_length=128)
    set_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.account_id} {self.set_at}"
