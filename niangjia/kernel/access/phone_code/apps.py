"""Codes sent to phones, as an application of Django."""

from django.apps import AppConfig


class PhoneCodeConfig(AppConfig):
    """The application."""

    name = "niangjia.kernel.access.phone_code"
    label = "phone_code"
