"""The navigation: the lines of work that exist now, in the order of the work map."""

from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access.rules import Role
from niangjia.kernel.web.navigation import Line, Navigation

AT_THE_DESK = frozenset({Role.CADRE, Role.CHAIR, Role.OFFICER, Role.AUDITOR})

NAVIGATION = Navigation(
    lines=(
        Line(_("今天"), "/", icon="checks"),
        Line(
            _("登记"),
            icon="sitemap",
            roles=AT_THE_DESK,
            lines=(
                Line(_("组织"), "/unions/", listing="unions"),
                Line(_("单位"), "/employers/", listing="employers"),
                Line(_("会员"), "/members/", listing="members"),
                Line(_("导入"), "/members/imports/", listing="imports"),
            ),
        ),
    ),
    ends=(
        Line(_("意见与投诉"), "/complaints/", icon="message-report"),
        Line(_("怎么用"), "/how-to/", icon="help-circle"),
    ),
    tabs=(
        Line(_("我的"), "/", icon="home"),
        Line(_("意见"), "/complaints/", icon="message-report"),
        Line(_("设置"), "/settings/", icon="settings"),
    ),
    search=Line(_("会员"), "/members/", roles=AT_THE_DESK),
)
