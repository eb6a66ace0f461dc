"""Reference tables of national standards, each row with its source and its days."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Reference(models.Model):
    """One row of a published list: what it is called, from when to when, and where that is written."""

    name = models.CharField(_("名称"), max_length=64)
    valid_from = models.DateField(_("起"), null=True)
    valid_to = models.DateField(_("止"), null=True)
    source = models.CharField(_("出处"), max_length=128)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


def _in_order(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")), name=name
    )


class Region(Reference):
    """A region (行政区划, GB/T 2260) under one name in one period; abolished codes are kept."""

    code = models.CharField(_("行政区划代码"), max_length=6)
    parent_code = models.CharField(_("上级代码"), max_length=6, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["code", "name", "valid_from"], name="region_once", nulls_distinct=False),
            models.CheckConstraint(condition=Q(code__regex=r"^\d{6}$"), name="region_code_form"),
            _in_order("region_in_order"),
        )
        indexes = (models.Index(fields=["parent_code"], name="region_parent"),)


class Trade(Reference):
    """A section or division of the trades (行业, GB/T 4754)."""

    code = models.CharField(_("行业代码"), max_length=4)
    section = models.CharField(_("门类"), max_length=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["code", "valid_from"], name="trade_once", nulls_distinct=False),
            _in_order("trade_in_order"),
        )


class Ownership(Reference):
    """A type of ownership (所有制) in one of the lists that live side by side."""

    list_name = models.CharField(_("目录"), max_length=16)
    code = models.CharField(_("代码"), max_length=4)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["list_name", "code", "valid_from"], name="ownership_once", nulls_distinct=False
            ),
            _in_order("ownership_in_order"),
        )
