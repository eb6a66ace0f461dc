"""Looks: who was shown which sealed value of whom, and for what; written once."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access.models import Account
from niangjia.kernel.journal.models import Entry, written_once
from niangjia.kernel.people.models import Subject
from niangjia.kernel.places.models import Place
from niangjia.kernel.reveal.rules import Way


class Look(models.Model):
    """A look (查看): one sealed value of one person that was shown once; no value stands in it.

    The looks of one occasion share one journal entry, which holds their keyed digest. Person, account and entry are
    plain numbers to the database: a look outlives the first two, and a missing entry is found by the proof.
    """

    city = models.CharField(max_length=6)
    subject = models.ForeignKey(Subject, models.DO_NOTHING, db_constraint=False, related_name="looks", db_index=False)
    field = models.CharField(_("看了什么"), max_length=16)
    purpose = models.CharField(_("用途"), max_length=32)
    way = models.CharField(_("怎么看的"), max_length=8, choices=[(way.value, way.value) for way in Way])
    account = models.ForeignKey(
        Account, models.DO_NOTHING, db_constraint=False, null=True, related_name="looks", db_index=False
    )
    role = models.CharField(max_length=16)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+", db_index=False)
    # The unit as it was called then: the person reads it for years.
    unit = models.CharField(_("单位"), max_length=128, blank=True)
    at = models.DateTimeField(_("时间"))
    # Where the look would betray somebody else's report, the person learns of it on this day; the auditor at once.
    withheld_until = models.DateTimeField(null=True)
    # A value looked at again while it stood on the page is written down, and not counted.
    counts = models.BooleanField(default=True)
    entry = models.ForeignKey(Entry, models.PROTECT, db_constraint=False, related_name="looks")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(way__in=[way.value for way in Way]), name="look_way_known"),
            models.CheckConstraint(condition=~Q(purpose="") & ~Q(field=""), name="look_has_a_purpose"),
        )
        indexes = (
            models.Index(fields=["subject", "-at"], name="look_of_subject"),
            models.Index(fields=["account", "-at"], name="look_by_account"),
        )
        triggers = written_once("look")

    def __str__(self) -> str:
        return f"{self.subject_id} {self.field} {self.at}"
