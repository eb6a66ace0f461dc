"""Joining, as the sign-in page names it for whoever is no member yet."""

from django.utils.translation import gettext_lazy as _

from niangjia.kernel.web.other_doors import OtherDoor

DOOR = OtherDoor(_("申请入会"), _("还不是会员？三步申请，开车、送货、送餐的也行。"), "/join/", "user-plus")
