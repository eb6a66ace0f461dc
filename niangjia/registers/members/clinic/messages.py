"""What a member is told when her record is to be put right."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.messages.rules import Channel, Kind, Template

TEMPLATES = (
    Template(
        "mend_asked", 1, Kind.WORK,
        gettext_noop("请看看登记的资料对不对"),
        gettext_noop("工会发现您登记的资料可能缺了一项，或者写错了。打开「我的」看一看，不对的点「改」，不用跑一趟。"),
        leads_to="/mine/", channels=frozenset({Channel.EMAIL, Channel.WECHAT}),
    ),
)  # fmt: skip
