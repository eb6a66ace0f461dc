"""Targets as an app of their own."""

from django.apps import AppConfig


class TargetsConfig(AppConfig):
    """Employers without a union, handed out to be visited (建会对象)."""

    name = "niangjia.registers.employers.targets"
    label = "targets"
