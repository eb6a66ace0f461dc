"""Requests as an app of their own."""

from django.apps import AppConfig


class RequestsConfig(AppConfig):
    """Where the tables of requests stand."""

    name = "niangjia.services.requests"
    label = "requests"
