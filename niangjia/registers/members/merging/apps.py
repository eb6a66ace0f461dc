"""Merging as an app of its own."""

from django.apps import AppConfig


class MergingConfig(AppConfig):
    """Records that are probably of one person, and their merging (同一个人、合并登记)."""

    name = "niangjia.registers.members.merging"
    label = "merging"
