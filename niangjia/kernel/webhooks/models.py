"""Where events are told, and how each of them arrived."""

from uuid import uuid4

import pgtrigger
from django.db import models
from django.db.models import Q

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.places.models import Place
from niangjia.kernel.webhooks.rules import (
    DELIVERY_MOVES,
    LONGEST_ADDRESS,
    LONGEST_NAME,
    MOVES,
    OPEN,
    DeliveryState,
    Failure,
    State,
    number_of,
)


class Subscription(models.Model):
    """An address that a place has events told to (推送); its secret rests sealed and is shown once."""

    # What its secrets are bound to.
    ref = models.UUIDField(default=uuid4, unique=True)
    city = models.CharField(max_length=6)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    name = models.CharField(max_length=LONGEST_NAME)
    address = models.CharField(max_length=LONGEST_ADDRESS)
    events = models.JSONField(default=list)
    state = models.CharField(max_length=8, default=State.ACTIVE.value)
    state_at = models.DateTimeField(default=clock.now)
    secret_sealed = models.BinaryField()
    # Signs beside the new one until its time is over.
    old_secret_sealed = models.BinaryField(null=True)
    old_secret_until = models.DateTimeField(null=True)
    # After a failed try nothing else goes there before this instant.
    rests_until = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in State]), name="subscription_state_known"
            ),
            models.CheckConstraint(condition=~Q(events=[]), name="subscription_has_an_event"),
            models.CheckConstraint(
                condition=Q(old_secret_sealed=None, old_secret_until=None)
                | Q(old_secret_sealed__isnull=False, old_secret_until__isnull=False),
                name="subscription_old_secret_ends",
            ),
        )
        indexes = (models.Index(fields=["place"], condition=Q(state="active"), name="subscription_at_work"),)
        triggers = (
            pgtrigger.FSM(
                name="subscription_moves", field="state", transitions=[(one.value, other.value) for one, other in MOVES]
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """How people speak of it."""
        return number_of(self.pk)


class Delivery(models.Model):
    """One event on its way to one subscription (送达): its number is the same at every try; answers are not kept."""

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="deliveries", db_index=False)
    # The number that the receiver knows it by.
    event_id = models.UUIDField()
    event = models.CharField(max_length=32)
    city = models.CharField(max_length=6)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    thing_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    state = models.CharField(max_length=10, default=DeliveryState.CREATED.value)
    tries = models.PositiveSmallIntegerField(default=0)
    # When it is tried next; while it is being sent, when whoever sends it must have died.
    due_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    http_status = models.PositiveSmallIntegerField(null=True)
    failure = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["subscription", "event_id"], name="delivery_once_to_a_subscription"),
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in DeliveryState]), name="webhook_delivery_state_known"
            ),
            models.CheckConstraint(
                condition=Q(failure__in=["", *[each.value for each in Failure]]), name="webhook_delivery_failure_known"
            ),
        )
        indexes = (
            models.Index(
                fields=["due_at"],
                condition=Q(state__in=sorted(each.value for each in OPEN)),
                name="webhook_delivery_waiting",
            ),
            models.Index(fields=["subscription", "-id"], name="webhook_delivery_newest"),
        )
        triggers = (
            pgtrigger.FSM(
                name="webhook_delivery_moves",
                field="state",
                transitions=[(one.value, other.value) for one, other in DELIVERY_MOVES],
            ),
        )

    def __str__(self) -> str:
        return f"{self.event} {self.event_id}"
