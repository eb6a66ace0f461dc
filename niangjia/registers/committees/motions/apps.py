"""Motions as an app of their own."""

from django.apps import AppConfig


class MotionsConfig(AppConfig):
    """Extensions and recalls (延期、罢免)."""

    name = "niangjia.registers.committees.motions"
    label = "motions"
