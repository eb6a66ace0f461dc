"""What is told of lists that are taken out: to who agrees, and to who asked."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.messages.rules import Channel, Fact, Kind, Template

BY_MAIL = frozenset({Channel.EMAIL, Channel.WECHAT})
_NUMBER = {"number": Fact.NUMBER}

TEMPLATES = (
    Template(
        "export_waits", 1, Kind.WORK,
        gettext_noop("导出 {number} 等您同意：{rows} 行"),
        gettext_noop("{place}有人申请导出一份名单，要第二个人同意。打开看清楚要什么、做什么用，再决定。"),
        facts=_NUMBER | {"rows": Fact.COUNT, "place": Fact.PLACE}, leads_to="/exports/{about}/", channels=BY_MAIL,
    ),
    Template(
        "export_approved", 1, Kind.WORK,
        gettext_noop("导出 {number} 批准了"),
        gettext_noop("文件正在做，做好了在这一页下载。"),
        facts=_NUMBER, leads_to="/exports/{about}/", channels=BY_MAIL,
    ),
    Template(
        "export_refused", 1, Kind.WORK,
        gettext_noop("导出 {number} 没有批"),
        gettext_noop("为什么没有批，写在申请下面。改好可以再申请。"),
        facts=_NUMBER, leads_to="/exports/{about}/", channels=BY_MAIL,
    ),
    Template(
        "export_ready", 1, Kind.WORK,
        gettext_noop("导出 {number} 的文件做好了：{rows} 行"),
        gettext_noop("一天之内下载，过了时间文件就删掉。"),
        facts=_NUMBER | {"rows": Fact.COUNT}, leads_to="/exports/{about}/", channels=BY_MAIL,
    ),
)  # fmt: skip
