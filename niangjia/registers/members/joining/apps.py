"""Joining as an app of its own."""

from django.apps import AppConfig


class JoiningConfig(AppConfig):
    """Applications to join (入会申请)."""

    name = "niangjia.registers.members.joining"
    label = "joining"
