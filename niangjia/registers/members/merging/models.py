"""Pairs of records that look like one person, and merges, beside their cases."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.cases.models import Case
from niangjia.kernel.people.models import Subject
from niangjia.kernel.places.models import Place
from niangjia.registers.members.merging.rules.deciding import PairState


class Pair(models.Model):
    """Two records that may be of one person (疑似同一人): how alike, by which levels, and what was decided.

    It refers to bare persons: a record that went stays one end of it.
    """

    city = models.CharField(max_length=6)
    left = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    right = models.ForeignKey(Subject, models.PROTECT, related_name="+", db_index=False)
    # The nearest union above both: whoever works there, or above, may look at both.
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    score = models.FloatField()
    levels = ArrayField(models.CharField(max_length=32))
    # What rules it out that they are one, whatever they weigh: shown, and left to people.
    excluded = models.CharField(max_length=16, blank=True)
    # What was compared, as a digest: what was decided stands until something of it changes.
    facts = models.BinaryField(max_length=16)
    state = models.CharField(max_length=8, default=PairState.OPEN.value)
    found_at = models.DateTimeField(default=clock.now)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["left", "right"], name="pair_once"),
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="pair_in_order"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in PairState]), name="pair_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=PairState.APART.value) | ~Q(reason=""),
                name="pair_apart_with_a_reason",
                violation_error_message=_("说是两个人，要写明依据。"),
            ),
        )
        indexes = (
            models.Index(fields=["place", "-score"], condition=Q(state=PairState.OPEN.value), name="pair_open_at_place"),
            models.Index(fields=["right"], name="pair_right"),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.left_id} {self.right_id} {self.state}"


class Search(models.Model):
    """Everybody at and below a union held against one another (全面查找): how far it is, and what it found."""

    city = models.CharField(max_length=6)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    total = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    found = models.IntegerField(default=0)
    # The last person that was looked at: a job that was killed goes on behind her.
    reached = models.BigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["place"], condition=Q(finished_at=None), name="search_one_at_a_place"),
        )

    def __str__(self) -> str:
        return f"{self.place_id} {self.done}/{self.total}"


class Merge(models.Model):
    """Two records of one person made one (合并登记): what was picked, and how to take it apart again; the record of one case."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="merge")
    city = models.CharField(max_length=6)
    pair = models.ForeignKey(Pair, models.PROTECT, related_name="merges")
    kept = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    gone = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    # Field → which of the two records it is taken from; the membership that lasts, the login that stays. No value.
    picks = models.JSONField()
    goes_on = models.BigIntegerField(null=True)
    signs_in = models.CharField(max_length=5, blank=True)
    # How often either record had been changed when it was looked at.
    kept_seen = models.IntegerField()
    gone_seen = models.IntegerField()
    reason = models.CharField(max_length=16)
    merged_at = models.DateTimeField(null=True)
    # Unit and role of who carried it out, as the journal says it; the person reads it.
    author = models.CharField(max_length=160, blank=True)
    # Every row that was touched, as it was before: what an undoing puts back.
    touched_sealed = models.BinaryField(null=True)
    # The phone that the owner of the record that went had confirmed: she is told by it, too.
    phone_sealed = models.BinaryField(null=True)
    objected_at = models.DateTimeField(null=True)
    objection_sealed = models.BinaryField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="merge_of_two"),
            models.CheckConstraint(condition=Q(undone_at=None) | Q(merged_at__isnull=False), name="merge_undone_after"),
        )
        indexes = (
            models.Index(fields=["kept"], name="merge_kept"),
            models.Index(fields=["gone"], name="merge_gone"),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.gone_id} → {self.kept_id}"
