"""Papers that were seen, and the three figures, as an app of their own."""

from django.apps import AppConfig


class VerifiedConfig(AppConfig):
    """Who saw whose papers (核实身份)."""

    name = "niangjia.registers.members.verified"
    label = "verified"
