"""What administrators are told of subscriptions."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.messages.rules import Channel, Fact, Kind, Template

TEMPLATES = (
    Template(
        "webhook_broken", 1, Kind.WORK,
        gettext_noop("推送 {number} 停了：对方一直没有收"),
        gettext_noop("{place}的一个推送连续送不到，已经停了。请对方查好，再打开这一页重新启用。停着的时候发生的事，让对方用接口补取。"),
        facts={"number": Fact.NUMBER, "place": Fact.PLACE}, leads_to="/developers/webhooks/{about}/",
        channels=frozenset({Channel.EMAIL, Channel.WECHAT}),
    ),
)  # fmt: skip
