"""The clinic as an app of its own."""

from django.apps import AppConfig


class ClinicConfig(AppConfig):
    """What in members' records is to be put right (数据体检)."""

    name = "niangjia.registers.members.clinic"
    label = "clinic"
