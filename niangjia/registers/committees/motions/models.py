"""The records of extensions and recalls beside their cases."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.cases.models import Case
from niangjia.registers.committees.models import Seat, Term
from niangjia.registers.orgs.models import Union


class Extension(models.Model):
    """A union asks for more time before its election (延期): until when, and by which document it was granted."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="extension")
    city = models.CharField(max_length=6)
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    term = models.ForeignKey(Term, models.PROTECT, related_name="+")
    until = models.DateField(_("延期到"), null=True)
    document_number = models.CharField(_("批复文号"), max_length=64, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["term"], condition=Q(settled_at=None), name="extension_one_at_a_time"),
        )

    def __str__(self) -> str:
        return f"{self.case_id} → {self.until}"


class Recall(models.Model):
    """A motion to recall somebody from a committee (罢免): how many were entitled, came, and voted for it; never who."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="recall")
    city = models.CharField(max_length=6)
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    meeting = models.CharField(_("谁来表决"), max_length=16, blank=True)
    meeting_on = models.DateField(_("表决日期"), null=True)
    entitled = models.IntegerField(_("应到人数"), null=True)
    present = models.IntegerField(_("实到人数"), null=True)
    votes = models.IntegerField(_("赞成罢免"), null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["union"], condition=Q(settled_at=None), name="recall_one_at_a_time"),
            models.CheckConstraint(
                condition=Q(present=None) | (Q(present__lte=F("entitled")) & Q(votes__lte=F("present"))),
                name="recall_no_more_votes_than_people",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} @ {self.union_id}"
