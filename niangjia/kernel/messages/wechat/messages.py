"""What somebody is told when a WeChat was bound to her account."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.messages.rules import Channel, Kind, Template

TEMPLATES = (
    Template(
        "wechat_bound", 1, Kind.SECURITY,
        gettext_noop("您的账号绑定了一个微信"),
        gettext_noop("以后有新消息，也发到那个微信上，只说有消息，不写内容。不是您本人绑的，请马上到消息设置里解除绑定。"),
        leads_to="/messages/settings/", channels=frozenset({Channel.EMAIL, Channel.WECHAT}),
    ),
)  # fmt: skip
