"""Messages, as an application of Django; its label is not that of Django's own flash messages."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """The application."""

    name = "niangjia.kernel.messages"
    label = "inbox"
