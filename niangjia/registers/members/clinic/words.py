"""States of findings in words."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from niangjia.kernel.listing import Badge
from niangjia.registers.members.clinic.rules import FindingState

STATE_BADGES: Mapping[str, Badge] = {
    FindingState.OPEN.value: Badge("wait", _("等着改")),
    FindingState.SNOOZED.value: Badge("paused", _("先放一放")),
    FindingState.RIGHT.value: Badge("quiet", _("没有错")),
    FindingState.MENDED.value: Badge("done", _("改好了")),
}
