"""Unions as legal persons: an app of its own."""

from django.apps import AppConfig


class LegalConfig(AppConfig):
    """Legal personality of unions (工会法人资格)."""

    name = "niangjia.registers.founding.legal"
    label = "legal_persons"
