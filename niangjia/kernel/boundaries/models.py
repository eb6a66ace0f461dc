"""Boundaries of regions, as they were on each day."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.dated.models import Reference


class Boundary(Reference):
    """How a region is drawn on a map (边界) in one period: by its code, with where it was taken from."""

    code = models.CharField(_("行政区划代码"), max_length=12)
    parent_code = models.CharField(_("上级代码"), max_length=12, blank=True)
    geometry = models.JSONField()
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["code", "valid_from"], name="boundary_once_a_day", nulls_distinct=False),
            models.UniqueConstraint(fields=["code"], condition=Q(valid_to=None), name="boundary_in_force_once"),
            models.CheckConstraint(condition=Q(code__regex=r"^(\d{6}|\d{9}|\d{12})$"), name="boundary_code_form"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
                name="boundary_in_order",
            ),
        )
        indexes = (models.Index(fields=["parent_code"], name="boundary_parent"),)
