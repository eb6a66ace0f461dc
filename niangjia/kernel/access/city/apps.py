"""Signing in by a city's identity, as an application of Django."""

from django.apps import AppConfig


class CityConfig(AppConfig):
    """The application."""

    name = "niangjia.kernel.access.city"
    label = "city_sign_in"
