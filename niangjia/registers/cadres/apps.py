"""Cadres as an app of its own."""

from django.apps import AppConfig


class CadresConfig(AppConfig):
    """Cadres of the unions (工会干部)."""

    name = "niangjia.registers.cadres"
    label = "cadres"
