"""What requests for lists hold about persons: who asked, who agreed, and filters that may name somebody, sealed."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.exports.models import ExportRequest
from niangjia.kernel.exports.rules import OPEN
from niangjia.kernel.privacy.rules import End, Keep, PersonalTable

YEARS_3 = 3 * 365

TABLES = (
    PersonalTable(
        "exports.ExportRequest",
        gettext_noop("导出申请"),
        gettext_noop("查清名单是谁导出的、谁批准的、做什么用。"),
        Keep(
            gettext_noop("申请以后三年；文件最多留一天"),
            End.DELETE,
            YEARS_3,
            due=lambda at: ExportRequest.objects.filter(asked_at__lt=at).exclude(state__in=sorted(OPEN)),
        ),
        tell=gettext_noop("名单按条件导出，不按人记；看到您全号的每一次，列在「谁看过您的资料」里。"),
        erase=gettext_noop("记的是谁申请、谁批准；条件加密保存，文件最多留一天。"),
    ),
)
