"""The member card as an app of its own."""

from django.apps import AppConfig


class CardsConfig(AppConfig):
    """The member card (会员卡)."""

    name = "niangjia.registers.cards"
    label = "cards"
