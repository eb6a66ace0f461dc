"""Households: who lives together from when to when; members are linked, family members that are none are kept at the least."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.people.models import Subject
from niangjia.registers.households.rules import LONGEST_GRADE, LONGEST_SCHOOL, Relation, Stage


class Household(models.Model):
    """A household (家庭) as a member wrote it down: where it lives, and since when; the address rests sealed."""

    city = models.CharField(max_length=6)
    head = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    region_code = models.CharField(_("住在哪个县区"), max_length=6)
    address_sealed = models.BinaryField(_("住址"))
    period = DateRangeField()
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="household_one_at_a_time",
                expressions=[("head", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                violation_error_message=_("您已经登记过家庭了，在那里改就行。"),
            ),
            models.CheckConstraint(condition=Q(region_code__regex=r"^\d{6}$"), name="household_region_form"),
        )

    def __str__(self) -> str:
        return f"{self.pk} {self.period}"


class Kin(models.Model):
    """Somebody of a household who is no member (家人): as little as help asks for, told by the member who lives with her."""

    city = models.CharField(max_length=6)
    name = models.CharField(_("姓名"), max_length=64)
    birth_on = models.DateField(_("出生日期"))
    id_sealed = models.BinaryField(_("身份证号"), null=True)
    id_blind = models.BinaryField(max_length=16, null=True)
    # Whence it is known: a member told it, and said that she had told this person, or decides for the child.
    told_by = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    told_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(id_sealed=None, id_blind=None) | Q(id_sealed__isnull=False, id_blind__isnull=False),
                name="kin_number_whole",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="kin_has_a_name"),
        )
        indexes = (models.Index(fields=["id_blind"], name="kin_number", condition=Q(id_blind__isnull=False)),)

    def __str__(self) -> str:
        return f"{self.pk}"


class Belonging(models.Model):
    """Somebody lives in a household from when to when (同住): a member who said so herself, or kin; nobody in two at once."""

    city = models.CharField(max_length=6)
    household = models.ForeignKey(Household, models.CASCADE, related_name="belongings")
    # Who wrote the household down, once more: a wall may ask no table that asks this one.
    head = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    member = models.ForeignKey(Subject, models.PROTECT, null=True, related_name="+")
    kin = models.ForeignKey(Kin, models.CASCADE, null=True, related_name="belongings")
    # The number of kin who are in no register, as a keyed index: one child is written down in one household.
    key_blind = models.BinaryField(max_length=16, null=True)
    relation = models.CharField(_("关系"), max_length=16)
    period = DateRangeField()

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="belonging_member_in_one",
                expressions=[("member", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(member__isnull=False),
                violation_error_message=_("一个人同一时间只在一个家庭里。"),
            ),
            ExclusionConstraint(
                name="belonging_kin_in_one",
                expressions=[("key_blind", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(key_blind__isnull=False),
                violation_error_message=_("一个人同一时间只在一个家庭里。"),
            ),
            ExclusionConstraint(
                name="belonging_one_spouse",
                expressions=[("household", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(relation="spouse"),
                violation_error_message=_("已经写过配偶了。"),
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=False, kin=None) | Q(member=None, kin__isnull=False),
                name="belonging_of_one",
            ),
            models.CheckConstraint(
                condition=Q(relation__in=[each.value for each in Relation]), name="belonging_relation_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.household_id} {self.relation} {self.period}"


class Schooling(models.Model):
    """Which school somebody of a household goes to, from when to when (上学)."""

    city = models.CharField(max_length=6)
    belonging = models.ForeignKey(Belonging, models.CASCADE, related_name="schoolings")
    head = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    school = models.CharField(_("学校"), max_length=LONGEST_SCHOOL)
    region_code = models.CharField(_("学校在哪个县区"), max_length=6, blank=True)
    stage = models.CharField(_("在校类别"), max_length=16)
    grade = models.CharField(_("年级"), max_length=LONGEST_GRADE, blank=True)
    # Whether it is a private one with high fees is asked of hardship help, not here.
    is_private = models.BooleanField(_("民办学校"), default=False)
    period = DateRangeField()

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="schooling_one_at_a_time",
                expressions=[("belonging", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                violation_error_message=_("这段时间已经写过一所学校了。先改那一所的日子。"),
            ),
            models.CheckConstraint(condition=Q(stage__in=[each.value for each in Stage]), name="schooling_stage_known"),
            models.CheckConstraint(condition=~Q(school=""), name="schooling_has_a_school"),
        )

    def __str__(self) -> str:
        return f"{self.belonging_id} {self.stage} {self.period}"
