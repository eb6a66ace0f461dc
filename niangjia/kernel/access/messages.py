"""What somebody is told of her own account and her own rights."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.messages.rules import Channel, Fact, Kind, Template

BY_MAIL = frozenset({Channel.EMAIL, Channel.WECHAT})
BY_ALL = BY_MAIL | {Channel.SMS}
# As pages call them; the worker's own role is given to nobody.
ROLE_WORDS = {
    "cadre": gettext_noop("工会干部"),
    "chair": gettext_noop("工会主席"),
    "officer": gettext_noop("经办人"),
    "auditor": gettext_noop("经审人员"),
    "system_admin": gettext_noop("系统管理员"),
    "security_admin": gettext_noop("安全管理员"),
    "audit_admin": gettext_noop("审计管理员"),
    "worker": gettext_noop("职工"),
}
_RIGHT = {"role": Fact.TERM, "place": Fact.PLACE}
_ROLES = {"role": ROLE_WORDS}

TEMPLATES = (
    Template(
        "right_given", 1, Kind.SECURITY,
        gettext_noop("给了您一项权限：{place}的{role}"),
        gettext_noop("从 {first} 起，您是{place}的{role}。不该有这项权限，请告诉安全管理员。"),
        facts=_RIGHT | {"first": Fact.DAY}, terms=_ROLES, leads_to="/settings/", channels=BY_MAIL,
    ),
    Template(
        "right_revoked", 1, Kind.SECURITY,
        gettext_noop("收回了您一项权限：{place}的{role}"),
        gettext_noop("您不再是{place}的{role}，那里的资料您看不到了。觉得不对，请问安全管理员。"),
        facts=_RIGHT, terms=_ROLES, leads_to="/settings/", channels=BY_MAIL,
    ),
    Template(
        "delegation_begins", 1, Kind.SECURITY,
        gettext_noop("委托给您：{place}的{role}"),
        gettext_noop("从 {first} 到 {last}，您代办{place}的{role}的事。到期自动收回。"),
        facts=_RIGHT | {"first": Fact.DAY, "last": Fact.DAY}, terms=_ROLES, leads_to="/settings/", channels=BY_MAIL,
    ),
    Template(
        "delegation_ends", 1, Kind.WORK,
        gettext_noop("委托快到期了：{place}的{role}"),
        gettext_noop("{last} 是最后一天，过了这天就收回。没办完的事请先交接；还要办，请委托的人再委托一次。"),
        facts=_RIGHT | {"last": Fact.DAY}, terms=_ROLES, leads_to="/settings/", channels=BY_MAIL,
    ),
    Template(
        "signed_in_anew", 1, Kind.SECURITY,
        gettext_noop("您的账号在一台新设备上登录了"),
        gettext_noop("设备：{device}。是您本人就不用管；不是，请马上到「登录着的设备」里退出它，再换密码。"),
        facts={"device": Fact.DEVICE}, leads_to="/settings/sessions/", channels=BY_MAIL, is_urgent=True,
    ),
    Template(
        "second_factor_changed", 1, Kind.SECURITY,
        gettext_noop("您的账号换了登录验证"),
        gettext_noop("动态码、通行密钥或备用码刚刚变了。不是您本人，请马上告诉安全管理员。"),
        leads_to="/settings/", channels=BY_ALL, text="SECURITY_CHANGED", is_urgent=True,
    ),
    Template(
        "second_factor_renewed", 1, Kind.SECURITY,
        gettext_noop("管理员停用了您的登录验证"),
        gettext_noop("下次登录要重新设动态码。没有请管理员换过，请马上问安全管理员。"),
        leads_to="/settings/", channels=BY_ALL, text="SECURITY_CHANGED", is_urgent=True,
    ),
    Template(
        "password_link_made", 1, Kind.SECURITY,
        gettext_noop("管理员给您做了设密码的链接"),
        gettext_noop("原来的密码不能用了，所有登录都退出了。没有请管理员做过，请马上问安全管理员。"),
        leads_to="/settings/", channels=BY_ALL, text="SECURITY_CHANGED", is_urgent=True,
    ),
)  # fmt: skip
