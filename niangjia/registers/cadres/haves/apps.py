"""The four haves as an app of its own."""

from django.apps import AppConfig


class HavesConfig(AppConfig):
    """有人办事、有钱办事、有地方办事、有制度."""

    name = "niangjia.registers.cadres.haves"
    label = "haves"
