"""States, purposes and formats of exports in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.exports.rules import Format, Purpose, State

PURPOSE_WORDS: Mapping[str, Promise] = {
    Purpose.CHECK_REGISTER: _("核对名册"),
    Purpose.REPORT_UP: _("按规定上报"),
    Purpose.HANDLE_MEMBERSHIP: _("办理入会、转会"),
    Purpose.HANDLE_HELP: _("办理帮扶"),
    Purpose.CHECK_PAYMENT: _("核对发放账户"),
    Purpose.CONTACT_MEMBER: _("联系本人"),
    Purpose.ARRANGE_ACTIVITY: _("安排活动、慰问"),
    Purpose.HOLD_MEETING: _("开会、选举"),
}
STATE_WORDS: Mapping[str, Promise] = {
    State.ASKED: _("等批准"),
    State.APPROVED: _("排队等做"),
    State.MAKING: _("正在做"),
    State.READY: _("可以下载"),
    State.REFUSED: _("没有批准"),
    State.WITHDRAWN: _("已撤回"),
    State.EXPIRED: _("已过期"),
    State.VOID: _("已作废"),
}
FORMAT_WORDS: Mapping[str, Promise] = {Format.XLSX: _("Excel 表格"), Format.CSV: _("CSV 文本")}
