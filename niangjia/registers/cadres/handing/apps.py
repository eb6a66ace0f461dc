"""Handing over as an app of its own."""

from django.apps import AppConfig


class HandingConfig(AppConfig):
    """What a chair hands over (交接清单)."""

    name = "niangjia.registers.cadres.handing"
    label = "handing"
