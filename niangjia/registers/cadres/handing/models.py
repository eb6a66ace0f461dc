"""A handing over between two chairs of a union, and the things that both tick."""

from django.db import models
from django.db.models import F, Q

from niangjia.kernel.access.models import Account
from niangjia.registers.cadres.handing.rules import Mark, Side, Thing
from niangjia.registers.cadres.models import Cadre
from niangjia.registers.orgs.models import Union

MARKS = [mark.value for mark in Mark]


class Handover(models.Model):
    """A chair who left hands over to the one who came (交接); nobody has come yet where `incoming` is none."""

    city = models.CharField(max_length=6)
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    outgoing = models.ForeignKey(Cadre, models.PROTECT, related_name="+")
    incoming = models.ForeignKey(Cadre, models.PROTECT, null=True, related_name="+")
    # With which she worked here, so that its rights here are taken back when all is handed over.
    outgoing_account = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    left_on = models.DateField()
    opened_on = models.DateField()
    due_on = models.DateField()
    given_at = models.DateTimeField(null=True)
    given_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    given_because = models.CharField(max_length=128, blank=True, default="")
    taken_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    taken_because = models.CharField(max_length=128, blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["union", "outgoing", "left_on"], name="handover_once"),
            models.UniqueConstraint(
                fields=["union"], condition=Q(given_at=None) | Q(taken_at=None), name="handover_one_open"
            ),
            models.CheckConstraint(condition=~Q(given_by=F("taken_by")), name="handover_by_two_accounts"),
            models.CheckConstraint(condition=~Q(outgoing=F("incoming")), name="handover_between_two"),
            models.CheckConstraint(condition=Q(taken_at=None) | ~Q(incoming=None), name="handover_to_somebody"),
        )

    def __str__(self) -> str:
        return f"{self.union_id} {self.left_on}"

    @property
    def is_done(self) -> bool:
        """Whether both sides have confirmed."""
        return self.given_at is not None and self.taken_at is not None

    def has_confirmed(self, side: Side) -> bool:
        """Whether this side has confirmed."""
        return (self.given_at if side is Side.OUTGOING else self.taken_at) is not None


class HandoverItem(models.Model):
    """One thing that is handed over (交接事项), as either side finds it."""

    city = models.CharField(max_length=6)
    handover = models.ForeignKey(Handover, models.CASCADE, related_name="items")
    thing = models.CharField(max_length=16)
    given = models.CharField(max_length=8, default=Mark.OPEN.value)
    given_note = models.CharField(max_length=128, blank=True, default="")
    taken = models.CharField(max_length=8, default=Mark.OPEN.value)
    taken_note = models.CharField(max_length=128, blank=True, default="")
    # What was missing has come.
    settled_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["handover", "thing"], name="handover_item_once"),
            models.CheckConstraint(
                condition=Q(thing__in=[thing.value for thing in Thing]), name="handover_thing_known"
            ),
            models.CheckConstraint(condition=Q(given__in=MARKS) & Q(taken__in=MARKS), name="handover_marks_known"),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.handover_id} {self.thing}"

    @property
    def is_missing(self) -> bool:
        """Whether either side says that it is missing."""
        return Mark.MISSING.value in (self.given, self.taken)
