"""Reference tables of national standards, public days and local parameters, each row with its source and its days."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.dated.rules import Measure


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


class PublicDay(models.Model):
    """A day that the State Council's yearly notice (放假安排) makes a day off, or a weekend day that is worked (调休)."""

    day = models.DateField(_("日期"))
    is_working = models.BooleanField(_("上班"))
    name = models.CharField(_("节日"), max_length=32)
    # Of which year's notice: the first days off of a year may lie in the December before.
    year = models.PositiveSmallIntegerField(_("年份"))
    source = models.CharField(_("出处"), max_length=128)
    # Came with the program; what people brought in is never overwritten by a newer version of it.
    is_shipped = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["day"], name="public_day_once"),
            models.CheckConstraint(
                condition=Q(is_working=False) | Q(day__iso_week_day__gte=6),
                name="public_day_worked_on_weekends",
                violation_error_message=_("调休上班的只能是周六、周日。"),
            ),
            models.CheckConstraint(
                condition=Q(day__year=F("year")) | Q(day__year=F("year") - 1, day__month=12),
                name="public_day_of_its_year",
                violation_error_message=_("日期不在这一年的放假安排里。"),
            ),
        )
        indexes = (models.Index(fields=["year"], name="public_day_year"),)

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class LocalParameter(models.Model):
    """A value that holds in a region from a day on (地方参数), by which document; its region's subordinates inherit it."""

    region_code = models.CharField(_("行政区划代码"), max_length=6)
    key = models.CharField(_("参数项"), max_length=48)
    value = models.CharField(_("值"), max_length=64)
    unit = models.CharField(_("单位"), max_length=16)
    valid_from = models.DateField(_("起"))
    valid_to = models.DateField(_("止"), null=True)
    source = models.CharField(_("出处"), max_length=128)
    # Nobody's rule, but what this system came with (本系统默认值).
    is_default = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(region_code__regex=r"^\d{6}$"), name="parameter_region_form"),
            models.CheckConstraint(
                condition=Q(unit__in=[measure.value for measure in Measure]), name="parameter_unit_known"
            ),
            models.CheckConstraint(
                condition=Q(source__gt="") | Q(is_default=True),
                name="parameter_has_source",
                violation_error_message=_("地方参数要有出处：哪个文件、什么文号。"),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="parameter_in_order"
            ),
            ExclusionConstraint(
                name="parameter_once_a_day",
                expressions=[
                    ("region_code", RangeOperators.EQUAL),
                    ("key", RangeOperators.EQUAL),
                    (
                        Func(
                            "valid_from", "valid_to", Value("[]"), function="DATERANGE", output_field=DateRangeField()
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("这些日子里，这里已经有一个值了。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.key} {self.region_code} {self.value}"
