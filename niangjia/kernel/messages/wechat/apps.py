"""WeChat, as an application of Django."""

from django.apps import AppConfig


class WeChatConfig(AppConfig):
    """The application."""

    name = "niangjia.kernel.messages.wechat"
    label = "wechat"
