"""Employers, with and without a union, and which unions cover them."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.people.revisions import counts_revisions
from niangjia.kernel.places.models import Place
from niangjia.registers.orgs.models import Union


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Employer(models.Model):
    """An employer (用人单位); it belongs to the territorial union responsible for it."""

    city = models.CharField(max_length=6)
    place = models.ForeignKey(Place, models.PROTECT, related_name="employers", verbose_name=_("属地工会"))
    name = models.CharField(_("单位名称"), max_length=128)
    uscc = models.CharField(_("统一社会信用代码"), max_length=18, null=True, blank=True)
    region_code = models.CharField(_("行政区划代码"), max_length=12, blank=True)
    trade_code = models.CharField(_("行业"), max_length=4, blank=True)
    ownership_list = models.CharField(_("所有制目录"), max_length=16, blank=True)
    ownership_code = models.CharField(_("所有制"), max_length=4, blank=True)
    employees = models.IntegerField(_("职工人数"), null=True, blank=True)
    women_employees = models.IntegerField(_("女职工人数"), null=True, blank=True)
    opened_on = models.DateField(_("开业日期"), null=True, blank=True)
    closed_on = models.DateField(_("关停日期"), null=True, blank=True)
    address = models.CharField(_("地址"), max_length=255, blank=True)
    unions = models.ManyToManyField(Union, through="Coverage", related_name="employers")
    revision = models.IntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["uscc"],
                name="employer_uscc_once",
                violation_error_message=_("这个统一社会信用代码已经登记过一个单位。请先按代码找一找。"),
            ),
            models.CheckConstraint(
                condition=Q(employees=None) | Q(employees__gte=0), name="employer_head_count_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(women_employees=None)
                | (Q(women_employees__gte=0) & Q(women_employees__lte=models.F("employees"))),
                name="employer_women_within_head_count",
                violation_error_message=_("女职工人数不能多于职工人数。"),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="employer_has_a_name"),
        )
        indexes = (models.Index(fields=["name"], name="employer_name"),)
        triggers = (counts_revisions(),)

    def __str__(self) -> str:
        return self.name


class Coverage(models.Model):
    """A union covers an employer (覆盖): one union may cover many, one employer may have several."""

    city = models.CharField(max_length=6)
    employer = models.ForeignKey(Employer, models.CASCADE, related_name="coverages")
    union = models.ForeignKey(Union, models.PROTECT, related_name="coverages")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["employer", "union"], condition=Q(valid_to=None), name="coverage_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
                name="coverage_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return f"{self.employer_id} ← {self.union_id}"
