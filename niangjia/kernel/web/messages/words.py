"""Kinds, channels and states of messages in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.messages.rules import Channel, DeliveryState, Kind

KIND_WORDS: dict[str, Promise] = {
    Kind.SECURITY: _("账号安全"),
    Kind.OWN_DATA: _("我的资料"),
    Kind.WORK: _("工作"),
}
CHANNEL_WORDS: dict[str, Promise] = {
    Channel.EMAIL: _("邮件"),
    Channel.SMS: _("短信"),
    Channel.WECHAT: _("微信"),
}
STATE_WORDS: dict[str, Promise] = {
    DeliveryState.CREATED: _("等着发"),
    DeliveryState.SENDING: _("正在发"),
    DeliveryState.DELIVERED: _("交给对方了"),
    DeliveryState.TEMPORARY: _("暂时没发成，还会再试"),
    DeliveryState.PERMANENT: _("发不到"),
    DeliveryState.TECHNICAL: _("渠道没设好，要您来处理"),
    DeliveryState.UNKNOWN: _("不知道到没到，不再发"),
    DeliveryState.NOT_NEEDED: _("不用发了"),
}
STATE_FORMS: dict[str, str] = {
    DeliveryState.CREATED: "quiet",
    DeliveryState.SENDING: "doing",
    DeliveryState.DELIVERED: "done",
    DeliveryState.TEMPORARY: "doing",
    DeliveryState.PERMANENT: "quiet",
    DeliveryState.TECHNICAL: "wait",
    DeliveryState.UNKNOWN: "quiet",
    DeliveryState.NOT_NEEDED: "quiet",
}
REASON_WORDS: dict[str, Promise] = {
    "away": _("对方连不上"),
    "gave_up": _("试了几次都连不上"),
    "refused": _("对方不收这个地址"),
    "no_address": _("没有地址"),
    "not_set_up": _("服务器、账号或密码不对"),
    "killed": _("发的时候程序停了"),
    "read": _("本人已经看过"),
    "right_ended": _("本人已经不管那里"),
}
