"""The records of leaves by own wish and of proposed exits, beside their cases."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access.models import Account
from niangjia.kernel.cases.models import Case
from niangjia.registers.members.models import Person
from niangjia.registers.orgs.models import Union


class Leaving(models.Model):
    """A member wants to leave (本人退会): of which union, and from which day she is no member any more."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="leaving")
    city = models.CharField(max_length=6)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    left_on = models.DateField(_("退会日期"), null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["person"], condition=Q(settled_at=None), name="leaving_one_at_a_time"),
        )

    def __str__(self) -> str:
        return f"{self.case_id} @ {self.union_id}"


class ExitProposal(models.Model):
    """Somebody's membership may have to end or be kept on (提请退会、保留会籍): from which source, proposed by whom, decided how."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="exit")
    city = models.CharField(max_length=6)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    # A name of the declared list of sources, or `by_hand`.
    source = models.CharField(_("怎么提出的"), max_length=32)
    proposed_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(_("委员会决定的日子"), null=True)
    document_number = models.CharField(_("文号"), max_length=64, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["person"], condition=Q(settled_at=None), name="exit_one_at_a_time"),
        )

    def __str__(self) -> str:
        return f"{self.case_id}: {self.source}"
