"""What a member is told when somebody writes her down in a household."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.messages.rules import Channel, Kind, Template

TEMPLATES = (
    Template(
        "household_asked", 1, Kind.OWN_DATA,
        gettext_noop("有人说和您是一家人"),
        gettext_noop("打开看是谁写的。是一家人的点「是」，不是的点「不是」，马上就删掉。"),
        leads_to="/mine/household/", channels=frozenset({Channel.WECHAT}),
    ),
)  # fmt: skip
