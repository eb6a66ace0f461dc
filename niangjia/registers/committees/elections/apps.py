"""Elections as an app of its own."""

from django.apps import AppConfig


class ElectionsConfig(AppConfig):
    """Elections (换届选举)."""

    name = "niangjia.registers.committees.elections"
    label = "elections"
