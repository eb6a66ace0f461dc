"""Reorganisations beside their cases: what is to be done with which unions, and what was done."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.cases.models import Case
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.reorganising.rules.plans import Operation, Part


class Reorganisation(models.Model):
    """A planned change of the tree (组织调整): the record of one case; carried out in one transaction on its day, or not at all."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="reorganisation")
    city = models.CharField(max_length=6)
    operation = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Operation])
    planned_on = models.DateField(_("从哪天起"))
    # The union that stays, or the new one above; empty where a new union is set up.
    into = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    name = models.CharField(_("新工会的名称"), max_length=128, blank=True)
    # Which groups of its own members go to the new one, by their keys (`NIANGJIA_SPLITTING`).
    groups = models.JSONField(default=list, db_default=models.Value([], output_field=models.JSONField()))
    # The number of the approval (批复文号), written by whoever approves.
    document = models.CharField(_("批复文号"), max_length=64, blank=True)
    # Why it could not be carried out on its day; tried again every hour.
    held_up = models.CharField(max_length=255, blank=True)
    carried_on = models.DateField(null=True)
    carried_at = models.DateTimeField(null=True)
    # The union that was set up by it.
    made = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    # How many of what went along, as the registers counted.
    effects = models.JSONField(default=dict)
    # Who was touched is told in chunks: up to which membership, how many of how many.
    told_after = models.BigIntegerField(default=0)
    told = models.IntegerField(default=0)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(operation__in=[each.value for each in Operation]), name="reorganisation_known"
            ),
            models.CheckConstraint(
                condition=Q(carried_at=None, carried_on=None)
                | (Q(carried_at__isnull=False, carried_on__isnull=False) & ~Q(document="")),
                name="reorganisation_carried_out_by_a_document",
                violation_error_message=_("没有批复文号，不能调整。"),
            ),
        )
        indexes = (models.Index(fields=["planned_on"], condition=Q(carried_at=None), name="reorganisation_due"),)

    def __str__(self) -> str:
        return f"{self.operation} {self.planned_on}"


class Concerned(models.Model):
    """A union that a reorganisation is about (涉及的工会), and what it has to do with it."""

    city = models.CharField(max_length=6)
    reorganisation = models.ForeignKey(Reorganisation, models.PROTECT, related_name="concerned")
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    part = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Part])

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["reorganisation", "union"], name="concerned_once"),
            models.CheckConstraint(condition=Q(part__in=[each.value for each in Part]), name="concerned_part_known"),
        )

    def __str__(self) -> str:
        return f"{self.reorganisation_id} {self.part} {self.union_id}"
