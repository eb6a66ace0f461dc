"""Reorganising as an app of its own."""

from django.apps import AppConfig


class ReorganisingConfig(AppConfig):
    """Reorganisations (组织调整)."""

    name = "niangjia.registers.orgs.reorganising"
    label = "reorganising"
