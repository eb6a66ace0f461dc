"""Public notices as an app of their own."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Where the tables of public notices stand."""

    name = "niangjia.kernel.cases.notices"
    label = "notices"
