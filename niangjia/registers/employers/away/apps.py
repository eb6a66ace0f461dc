"""Unions away from home as an app of their own."""

from django.apps import AppConfig


class AwayConfig(AppConfig):
    """Unions of workers away from home (驻外农民工工会)."""

    name = "niangjia.registers.employers.away"
    label = "away"
