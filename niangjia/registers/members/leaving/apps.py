"""Leaving as an app of its own."""

from django.apps import AppConfig


class LeavingConfig(AppConfig):
    """Leaves by own wish and proposed exits (退会、提请退会)."""

    name = "niangjia.registers.members.leaving"
    label = "leaving"
