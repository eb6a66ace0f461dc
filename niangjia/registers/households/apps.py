"""Households as an app of their own."""

from django.apps import AppConfig


class HouseholdsConfig(AppConfig):
    """Who lives together (家庭)."""

    name = "niangjia.registers.households"
    label = "households"
