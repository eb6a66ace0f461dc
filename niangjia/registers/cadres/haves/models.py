"""What was stated of a union's money, room and rules; the latest counts, earlier ones stay."""

from django.db import models
from django.db.models import Q

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.registers.cadres.haves.rules import STATED
from niangjia.registers.orgs.models import Union


class Statement(models.Model):
    """Somebody states that a union has, or lacks, one of the four things (说明): with a day, and as whom."""

    city = models.CharField(max_length=6)
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    have = models.CharField(max_length=8)
    is_there = models.BooleanField()
    words = models.CharField(max_length=128, blank=True, default="")
    # The day on which it was so.
    on = models.DateField()
    stated_at = models.DateTimeField(default=clock.now)
    stated_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    # Unit and role of whoever stated it, as the journal keeps them.
    author = models.CharField(max_length=160)
    # Another one has taken its place.
    is_latest = models.BooleanField(default=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["union", "have"], condition=Q(is_latest=True), name="statement_one_counts"),
            models.CheckConstraint(condition=Q(have__in=[have.value for have in STATED]), name="statement_have_known"),
            models.CheckConstraint(condition=Q(is_there=False) | ~Q(words=""), name="statement_says_how"),
        )

    def __str__(self) -> str:
        return f"{self.union_id} {self.have}"
