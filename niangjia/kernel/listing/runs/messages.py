"""What somebody is told of what she began with many rows."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.messages.rules import Channel, Fact, Kind, Template

TEMPLATES = (
    Template(
        "bulk_over", 1, Kind.WORK,
        gettext_noop("批量办理完了：改了 {done} 条"),
        gettext_noop("一共 {all} 条。没有改的为什么没有改，打开看。"),
        facts={"done": Fact.COUNT, "all": Fact.COUNT}, leads_to="/lists/runs/{about}/", channels=frozenset({Channel.EMAIL, Channel.WECHAT}),
    ),
)  # fmt: skip
