"""Messages to people, the attempts to tell them so by other channels, and how each wants to hear of them."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.messages.rules import DELIVERY_MOVES, DIGEST_HOUR, Channel, DeliveryState, Kind
from niangjia.kernel.people.models import Subject
from niangjia.kernel.places.models import Place

LAST_HOUR = 23


class Message(models.Model):
    """A message (消息) to a person or to an account: its template, the version, and the harmless facts that fill it.

    A message to an office names place and roles: whoever holds none of them there any more meets it no more.
    """

    city = models.CharField(max_length=6)
    subject = models.ForeignKey(Subject, models.CASCADE, null=True, related_name="+", db_index=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", db_index=False)
    template = models.CharField(max_length=48)
    version = models.SmallIntegerField()
    kind = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Kind])
    facts = models.JSONField(default=dict)
    # The number of the thing it is about; the template knows the page.
    about = models.BigIntegerField(null=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+", db_index=False)
    roles = ArrayField(models.CharField(max_length=16), default=list)
    sent_at = models.DateTimeField(_("时间"), default=clock.now)
    # What would betray somebody else's report is told from this day on.
    told_from = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    # Since when it is written down by which other channels it goes; at once where it goes by none.
    planned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(subject=None, account__isnull=False) | Q(subject__isnull=False, account=None),
                name="message_to_one",
            ),
            models.CheckConstraint(
                condition=Q(place=None, roles=[]) | (Q(place__isnull=False, account__isnull=False) & ~Q(roles=[])),
                name="message_office_names_roles",
            ),
            models.CheckConstraint(condition=Q(kind__in=[each.value for each in Kind]), name="message_kind_known"),
        )
        indexes = (
            models.Index(fields=["account", "-id"], name="message_of_account"),
            models.Index(fields=["subject", "-id"], name="message_of_subject"),
            models.Index(fields=["account"], condition=Q(read_at=None), name="message_unread_account"),
            models.Index(fields=["subject"], condition=Q(read_at=None), name="message_unread_subject"),
            models.Index(fields=["sent_at"], name="message_by_time"),
            models.Index(fields=["sent_at"], condition=Q(planned_at=None), name="message_unplanned"),
        )
        triggers = (pgtrigger.ReadOnly(name="message_words_stay", exclude=["read_at", "planned_at"]),)

    def __str__(self) -> str:
        return f"{self.template} {self.version}"


class Delivery(models.Model):
    """An attempt to tell somebody of a message by a channel (发送): never twice by the same one."""

    city = models.CharField(max_length=6)
    message = models.ForeignKey(Message, models.CASCADE, related_name="deliveries", db_index=False)
    channel = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Channel])
    state = models.CharField(
        max_length=10, choices=[(each.value, each.value) for each in DeliveryState], default=DeliveryState.CREATED.value
    )
    due_at = models.DateTimeField()
    tries = models.SmallIntegerField(default=0)
    # The business key that the channel is told: the same at every try; messages that come together share one.
    key = models.UUIDField(null=True)
    reason = models.CharField(max_length=16, blank=True)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["message", "channel"], name="delivery_once_by_a_channel"),
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in DeliveryState]), name="delivery_state_known"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=[each.value for each in Channel]), name="delivery_channel_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["created", "permanent", "not_needed"]) | Q(key__isnull=False, tries__gt=0),
                name="delivery_sent_under_a_key",
            ),
        )
        indexes = (
            models.Index(
                fields=["due_at"], condition=Q(state__in=["created", "temporary", "sending"]), name="delivery_waiting"
            ),
            models.Index(fields=["state", "-changed_at"], name="delivery_in_state"),
        )
        triggers = (
            pgtrigger.FSM(
                name="delivery_moves",
                field="state",
                transitions=[(one.value, other.value) for one, other in DELIVERY_MOVES],
            ),
            pgtrigger.Protect(
                name="delivery_begins_created",
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__state__df=DeliveryState.CREATED.value),
            ),
        )

    def __str__(self) -> str:
        return f"{self.message_id} {self.channel} {self.state}"


class Preference(models.Model):
    """How an account wants to hear of messages (消息设置); without a row the defaults hold."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    email_off = models.BooleanField(default=False)
    sms_off = models.BooleanField(default=False)
    wechat_off = models.BooleanField(default=False)
    quiet_begins = models.SmallIntegerField(null=True)
    quiet_ends = models.SmallIntegerField(null=True)
    # None: each at once.
    digest_hour = models.SmallIntegerField(null=True, default=DIGEST_HOUR)
    # An address that was given and not yet proved.
    asked_email = models.EmailField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(quiet_begins=None, quiet_ends=None)
                | Q(quiet_begins__range=(0, LAST_HOUR), quiet_ends__range=(0, LAST_HOUR)),
                name="preference_quiet_hours",
                violation_error_message=_("免打扰的起止都要选，或者都不选。"),
            ),
            models.CheckConstraint(
                condition=Q(digest_hour=None) | Q(digest_hour__range=(0, LAST_HOUR)), name="preference_digest_hour"
            ),
        )

    def __str__(self) -> str:
        return f"{self.account_id}"
