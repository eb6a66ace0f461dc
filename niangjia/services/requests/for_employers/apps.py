"""The employers' door as an app of its own."""

from django.apps import AppConfig


class ForEmployersConfig(AppConfig):
    """Where it stands who asked for an employer."""

    name = "niangjia.services.requests.for_employers"
    label = "for_employers"
