"""Papers that a cadre saw with her own eyes: one of the facts that make a member verified."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.registers.members.models import Person
from niangjia.registers.members.verified.rules import Occasion, Paper
from niangjia.registers.orgs.models import Union


class PaperSeen(models.Model):
    """Somebody saw a member's papers (看过证件): which, on which day, what for; taken back where it was a mistake."""

    city = models.CharField(max_length=6)
    person = models.ForeignKey(Person, models.CASCADE, related_name="papers_seen")
    # Where she was a member then.
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    paper = models.CharField(_("看的是什么"), max_length=24)
    occasion = models.CharField(_("为什么看"), max_length=16)
    seen_on = models.DateField(_("哪天看的"))
    seen_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(paper__in=[each.value for each in Paper]), name="paper_seen_known"),
            models.CheckConstraint(
                condition=Q(occasion__in=[each.value for each in Occasion]), name="paper_seen_occasion_known"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by=None) | Q(withdrawn_at__isnull=False), name="paper_seen_withdrawn_whole"
            ),
        )
        indexes = (models.Index(fields=["person"], name="paper_seen_good", condition=Q(withdrawn_at=None)),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.paper} {self.seen_on}"
