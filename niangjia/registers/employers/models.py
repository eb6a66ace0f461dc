"""Employers, with and without a union, and which unions cover them."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.intake.models import Import
from niangjia.kernel.people.revisions import counts_revisions
from niangjia.kernel.places.models import Place
from niangjia.registers.employers.rules.kinds import HeadSource
from niangjia.registers.orgs.models import Union


class Park(models.Model):
    """A park (园区): employers that stand together, in the territory of one union."""

    city = models.CharField(max_length=6)
    place = models.ForeignKey(Place, models.PROTECT, related_name="parks", verbose_name=_("属地工会"))
    name = models.CharField(_("园区名称"), max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["city", "name"],
                name="park_once_in_a_city",
                violation_error_message=_("已经有这个园区了。"),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="park_has_a_name"),
        )

    def __str__(self) -> str:
        return self.name


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
    park = models.ForeignKey(
        Park, models.PROTECT, null=True, blank=True, related_name="employers", verbose_name=_("园区")
    )
    # As the licence names him: forms of founding a union and of bargaining ask for nothing more of him than the name.
    legal_representative = models.CharField(_("法定代表人"), max_length=64, blank=True, default="", db_default="")
    intake = models.ForeignKey(Import, models.PROTECT, null=True, related_name="+")
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


class HeadCount(models.Model):
    """How many worked for an employer in a month (职工人数), and who says so."""

    city = models.CharField(max_length=6)
    employer = models.ForeignKey(Employer, models.CASCADE, related_name="head_counts")
    # The first day of the month it speaks of.
    month = models.DateField(_("哪个月"))
    source = models.CharField(_("来源"), max_length=16)
    employees = models.IntegerField(_("职工人数"))
    women_employees = models.IntegerField(_("女职工人数"), null=True)
    noted_at = models.DateTimeField(default=clock.now)
    noted_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["employer", "month", "source"], name="head_count_once_a_month"),
            models.CheckConstraint(
                condition=Q(source__in=[source.value for source in HeadSource]), name="head_count_source_known"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="head_count_of_a_whole_month"),
            models.CheckConstraint(
                condition=Q(employees__gte=0)
                & (Q(women_employees=None) | Q(women_employees__gte=0, women_employees__lte=models.F("employees"))),
                name="head_count_within_bounds",
                violation_error_message=_("女职工人数不能多于职工人数。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.employer_id}: {self.month:%Y-%m}"
