"""Codes that were asked for, without the codes: each is worked out from its draw, its phone and a key outside the database."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from niangjia.kernel.access.phone_code.rules import MOST_TAILS, MOST_TRIES, Standing
from niangjia.kernel.messages import Wording

PHONE_SEALED = "phone_code_phonecode.phone_sealed"


class PhoneCode(models.Model):
    """A code sent to a phone (短信验证码); kept for two days, for the limits."""

    ref = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    draw = models.BinaryField(max_length=16)
    phone_sealed = models.BinaryField()
    # Keyed for this table alone: it finds nobody in a register.
    phone_blind = models.BinaryField(max_length=16)
    address_blind = models.BinaryField(max_length=16, null=True)
    asked_at = models.DateTimeField()
    # Shown on the page instead of sent: the demo.
    is_shown = models.BooleanField(default=False)
    # What it is for, by the name of the short message; a code for one thing proves nothing for another.
    wording = models.CharField(
        max_length=24, default=Wording.SIGN_IN_CODE.name, db_default=Wording.SIGN_IN_CODE.name, editable=False
    )
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    tries = models.SmallIntegerField(default=0)
    proved_at = models.DateTimeField(null=True)
    tail_tries = models.SmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(tries__range=(0, MOST_TRIES)), name="phone_code_tries_end"),
            models.CheckConstraint(condition=Q(tail_tries__range=(0, MOST_TAILS)), name="phone_code_tails_end"),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(proved_at__isnull=False), name="phone_code_proved_before_use"
            ),
        )
        indexes = (
            models.Index(fields=["phone_blind", "asked_at"], name="phone_code_by_phone"),
            models.Index(fields=["asked_at"], name="phone_code_by_time"),
        )

    def __str__(self) -> str:
        return str(self.ref)

    @property
    def standing(self) -> Standing:
        """How this code stands, for the rules."""
        return Standing(self.asked_at, self.tries, self.proved_at, self.tail_tries, self.used_at)
