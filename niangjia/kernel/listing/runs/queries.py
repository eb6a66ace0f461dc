"""Whose actions in the background somebody sees: her own."""

from django.db.models import QuerySet

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.listing.runs.models import BulkRun


def runs_of(actor: Actor) -> QuerySet[BulkRun]:
    """What this actor began, the newest first."""
    return BulkRun.objects.filter(account_id=actor.account_id or 0).order_by("-pk")
