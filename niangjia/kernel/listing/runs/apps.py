"""Actions in the background as an app of their own, with a table and a wall of their own."""

from django.apps import AppConfig


class RunsConfig(AppConfig):
    """Actions on many rows (批量办理)."""

    name = "niangjia.kernel.listing.runs"
    label = "listing_runs"
