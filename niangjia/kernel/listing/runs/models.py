"""What somebody began with many rows, and how far it is."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.listing.runs.rules import OPEN_RUN, RunState
from niangjia.kernel.places.models import Place

OPEN = sorted(OPEN_RUN)
OVER = sorted({state.value for state in RunState} - OPEN_RUN)


class BulkRun(models.Model):
    """An action on many rows that goes on in the background (批量办理); the rows are numbers, forgotten at its end."""

    city = models.CharField(max_length=6)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    listing = models.CharField(max_length=48)
    action = models.CharField(max_length=48)
    value = models.CharField(max_length=128)
    # What was agreed to, in short: the same twice is the same once.
    agreed = models.CharField(max_length=32)
    keys = ArrayField(models.BigIntegerField(), default=list)
    total = models.IntegerField()
    handled = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    # Why rows stayed as they are, in the words of the source, and how many.
    left = models.JSONField(default=dict)
    state = models.CharField(max_length=8, default=RunState.WAITING.value)
    why = models.CharField(max_length=16, blank=True)
    began_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=[state.value for state in RunState]), name="run_state_known"),
            models.CheckConstraint(
                condition=Q(ended_at=None, state__in=OPEN) | Q(ended_at__isnull=False, state__in=OVER, keys=[]),
                name="run_ended_whole",
            ),
            models.CheckConstraint(
                condition=Q(handled__gte=0, handled__lte=F("total"), changed__gte=0, changed__lte=F("handled")),
                name="run_counts_add_up",
            ),
            models.UniqueConstraint(
                fields=["account", "listing", "agreed"], condition=Q(ended_at=None), name="run_begun_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.listing} {self.action} {self.pk}"
