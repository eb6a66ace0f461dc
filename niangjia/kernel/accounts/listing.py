"""The list of accounts: who can sign in, as what, and whether the second factor is set up."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from niangjia.kernel.access.accounts import visible_to
from niangjia.kernel.access.rules import MANAGE_ACCOUNTS, SEE_ACCOUNTS, Actor, Role
from niangjia.kernel.accounts.forms import GIVEN_ROLES
from niangjia.kernel.listing import Badge, Button, Column, Empty, Filter, Listing
from niangjia.kernel.web.roles import words_of


def may_open(actor: Actor) -> bool:
    """Whether the actor opens accounts anywhere."""
    return bool(actor.paths(MANAGE_ACCOUNTS))


def state_of(account: Any) -> Badge:
    """Whether the account is on."""
    return Badge("done", _("正常")) if account.is_active else Badge("closed", _("停用"))


def roles_of(account: Any) -> str:
    """The roles in force today, each once."""
    roles = dict.fromkeys(Role(grant.role) for grant in account.rights_now)
    return "、".join(str(words_of(role)) for role in roles)


def _factor(account: Any) -> Badge:
    return Badge("done", _("已设")) if account.has_factor else Badge("wait", _("没有设"))


def _matching(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(Q(login__istartswith=text) | Q(name__contains=text))


def _on_or_off(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(is_active=value == "on")


def _with_role(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(grants__role=value, grants__revoked_at=None).distinct()


ACCOUNTS = Listing(
    "accounts",
    title=pgettext_lazy("名单", "账号"),
    visible_to=visible_to,
    columns=(
        Column(_("账号"), "login", kind="mono", link=lambda row: f"/accounts/{row.pk}/", sort=("login",), key="login"),
        Column(_("姓名"), "name", sort=("name",), note="post", key="name"),
        Column(_("现在的角色"), roles_of, key="roles"),
        Column(_("第二重验证"), _factor, wide_only=True, key="second_factor"),
        Column(_("状态"), state_of, key="state"),
    ),
    filters=(
        Filter("role", _("角色"), choices=GIVEN_ROLES, apply=_with_role),
        Filter("state", _("状态"), choices=[("on", _("正常")), ("off", _("停用"))], apply=_on_or_off),
    ),
    search=_matching,
    search_words=_("账号或姓名"),
    order=("login", "pk"),
    empty=Empty(
        _("还没有账号"),
        _("先开通账号，再请安全管理员授权，本人第一次登录时改密码、设动态码。"),
        button=Button(_("开通账号"), "/accounts/new/", allowed=may_open),
        icon="key",
    ),
    buttons=(Button(_("开通账号"), "/accounts/new/", icon="plus", main=True, allowed=may_open),),
    counted=lambda n: ngettext("%(n)s 个账号", "%(n)s 个账号", n) % {"n": f"{n:,}"},
    move=SEE_ACCOUNTS,
)
