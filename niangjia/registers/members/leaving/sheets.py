"""The forms of a leave that is confirmed, and of what is decided on a proposed exit."""

from niangjia.kernel.cases.drafts.rules import NEVER, Field, FieldKind, FormSheet
from niangjia.kernel.chinese import gettext_noop
from niangjia.registers.members.leaving.rules import workflow as table
from niangjia.registers.members.rules import RetainedReason

CONFIRM_SHEET = FormSheet(
    table.CONFIRM,
    gettext_noop("确认退会"),
    (
        Field("returned", FieldKind.YES_NO, gettext_noop("会员证收回了"), required=NEVER, help=gettext_noop("没有发过纸质证的，不用选。")),
        Field("says", FieldKind.LINE, gettext_noop("写给本人的话"), required=NEVER, most=200),
    ),
)  # fmt: skip
RETAIN_SHEET = FormSheet(
    table.RETAIN,
    gettext_noop("保留会籍"),
    (
        Field("because", FieldKind.CHOICE, gettext_noop("为什么保留"),
              choices=((RetainedReason.RETIRED.value, gettext_noop("退休")), (RetainedReason.UNEMPLOYED.value, gettext_noop("失业")),
                       (RetainedReason.EMPLOYER_CLOSED.value, gettext_noop("单位关闭，由上一级工会保留")))),
        Field("on", FieldKind.DAY, gettext_noop("从哪天起")),
        Field("says", FieldKind.LINE, gettext_noop("写给本人的话"), required=NEVER, most=200),
    ),
)  # fmt: skip
AUTO_SHEET = FormSheet(
    table.AUTO_LEAVE,
    gettext_noop("按自动退会处理"),
    (
        Field("no_dues", FieldKind.YES_NO, gettext_noop("连续六个月没有交会费"),
              help=gettext_noop("《中国工会章程》第七条：三样都是，才可以按自动退会处理。")),
        Field("no_part", FieldKind.YES_NO, gettext_noop("连续六个月没有参加工会活动，又没有正当理由")),
        Field("taught_on", FieldKind.DAY, gettext_noop("哪天当面或者打电话提醒、教育过")),
        Field("decided_on", FieldKind.DAY, gettext_noop("工会委员会哪天讨论决定的")),
        Field("says", FieldKind.LINE, gettext_noop("写给本人的话"), required=NEVER, most=200),
    ),
)  # fmt: skip
EXPEL_SHEET = FormSheet(
    table.EXPEL,
    gettext_noop("开除会籍"),
    (
        Field("convicted", FieldKind.YES_NO, gettext_noop("严重违法犯罪，受到刑事处罚，判决已经生效"),
              help=gettext_noop("《中国工会章程》第七条：只有这一种情况可以开除会籍。")),
        Field("discussed_on", FieldKind.DAY, gettext_noop("工会小组哪天讨论、提出意见的")),
        Field("decided_on", FieldKind.DAY, gettext_noop("基层委员会哪天决定的")),
        Field("document_number", FieldKind.LINE, gettext_noop("决定的文号"), most=64),
        Field("says", FieldKind.LINE, gettext_noop("写给本人的话"), required=NEVER, most=200),
    ),
)  # fmt: skip
LEAVING_SHEETS = {CONFIRM_SHEET.key: CONFIRM_SHEET}
EXIT_SHEETS = {each.key: each for each in (RETAIN_SHEET, AUTO_SHEET, EXPEL_SHEET)}
