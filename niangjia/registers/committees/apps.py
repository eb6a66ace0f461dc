"""Committees as an app of its own."""

from django.apps import AppConfig


class CommitteesConfig(AppConfig):
    """Terms of office and committees (届期和委员会)."""

    name = "niangjia.registers.committees"
    label = "committees"
