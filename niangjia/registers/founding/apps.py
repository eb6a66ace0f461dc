"""Setting up unions as an app of its own."""

from django.apps import AppConfig


class FoundingConfig(AppConfig):
    """Setting up a union (建会)."""

    name = "niangjia.registers.founding"
    label = "founding"
