"""The employers' door, as the sign-in page names it."""

from django.utils.translation import gettext_lazy as _

from niangjia.kernel.web.other_doors import OtherDoor

DOOR = OtherDoor(
    _("单位求助（工业110）"), _("单位用工有难处，请工会帮忙。不用账号。"), "/for-employers/", "building-community"
)
