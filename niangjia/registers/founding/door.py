"""Asking for a union, as the sign-in page names it for whoever has no account."""

from django.utils.translation import gettext_lazy as _

from niangjia.kernel.web.other_doors import OtherDoor

DOOR = OtherDoor(_("申请建工会"), _("单位还没有工会？职工、单位都可以申请，三步。"), "/found/", "flag")
