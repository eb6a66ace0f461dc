"""Findings of the clinic: one row for each record that does not keep a check."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.registers.members.clinic.rules import LONGEST_REASON, FindingState
from niangjia.registers.members.models import Person
from niangjia.registers.orgs.models import Union


class Finding(models.Model):
    """A member's record does not keep a check (体检发现): the union that keeps it puts it right, lets it rest, or says it is right."""

    city = models.CharField(max_length=6)
    person = models.ForeignKey(Person, models.CASCADE, related_name="findings")
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    # The name of the check's file.
    check_name = models.CharField(_("哪一项"), max_length=48)
    # A digest of what was found: what was said to be right stays quiet until it changes.
    facts = models.CharField(max_length=32)
    state = models.CharField(_("进展"), max_length=8, default=FindingState.OPEN.value)
    found_at = models.DateTimeField(_("发现时间"), default=clock.now)
    until = models.DateField(_("放到哪天"), null=True)
    reason = models.CharField(_("理由"), max_length=LONGEST_REASON, blank=True, default="")
    said_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    said_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    mended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "check_name"], condition=~Q(state="mended"), name="finding_open_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in FindingState]), name="finding_state_known"
            ),
            models.CheckConstraint(condition=~Q(state="snoozed") | Q(until__isnull=False), name="finding_rests_until"),
            models.CheckConstraint(
                condition=Q(state="mended", mended_at__isnull=False) | (~Q(state="mended") & Q(mended_at=None)),
                name="finding_mended_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["snoozed", "right"]) | ~Q(reason=""),
                name="finding_quiet_with_a_reason",
                violation_error_message=_("写一句为什么，接手的人看得懂。"),
            ),
        )
        indexes = (
            models.Index(fields=["union", "state"], name="finding_of_union"),
            models.Index(fields=["mended_at"], name="finding_mended", condition=Q(mended_at__isnull=False)),
        )

    def __str__(self) -> str:
        return f"{self.check_name} {self.state}"
