"""Targets (建会对象), the visits made for them, and leads that members' records give."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.places.models import Place
from niangjia.registers.employers.models import Employer
from niangjia.registers.employers.targets.rules.targets import (
    LONGEST_MET,
    LONGEST_REASON,
    LONGEST_SAID,
    Outcome,
)


class Target(models.Model):
    """An employer without a union, handed to a cadre until a day (交办); it ends by itself when a union covers it."""

    city = models.CharField(max_length=6)
    employer = models.ForeignKey(Employer, models.CASCADE, related_name="targets")
    cadre = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("交给谁"))
    due_on = models.DateField(_("期限"))
    handed_on = models.DateField()
    handed_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(_("结果"), max_length=16, blank=True, default="")
    reason = models.CharField(_("理由"), max_length=LONGEST_REASON, blank=True, default="")
    # Refused for now: the day on which somebody is to ask again.
    again_on = models.DateField(_("哪天再去"), null=True)
    ended_on = models.DateField(null=True)
    ended_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["employer"],
                condition=Q(ended_on=None),
                name="target_open_once",
                violation_error_message=_("这家单位已经交给人了。"),
            ),
            models.CheckConstraint(
                condition=Q(outcome="", ended_on=None)
                | Q(outcome__in=[each.value for each in Outcome], ended_on__isnull=False),
                name="target_ended_whole",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.REFUSED.value) | (~Q(reason="") & Q(again_on__isnull=False)),
                name="target_refused_with_a_reason",
                violation_error_message=_("暂时不同意的，写明理由和再去的日子。"),
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("handed_on")), name="target_due_after_it_is_handed"),
        )
        indexes = (models.Index(fields=["cadre", "due_on"], name="target_of_cadre", condition=Q(ended_on=None)),)

    def __str__(self) -> str:
        return f"{self.employer_id} → {self.cadre_id}"


class Visit(models.Model):
    """A visit to an employer without a union (走访): the day, who was met, what was said, when next."""

    city = models.CharField(max_length=6)
    target = models.ForeignKey(Target, models.CASCADE, related_name="visits")
    on = models.DateField(_("哪天去的"))
    met = models.CharField(_("见了谁"), max_length=LONGEST_MET)
    said = models.CharField(_("谈了什么"), max_length=LONGEST_SAID)
    next_on = models.DateField(_("下次哪天去"), null=True)
    visited_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(met="") & ~Q(said=""), name="visit_says_something"),
            models.CheckConstraint(condition=Q(next_on=None) | Q(next_on__gt=F("on")), name="visit_next_is_later"),
        )
        indexes = (models.Index(fields=["target", "on"], name="visit_of_target"),)

    def __str__(self) -> str:
        return f"{self.target_id}: {self.on}"


class Lead(models.Model):
    """Members name an employer that has no union (建会线索): how many, never who."""

    city = models.CharField(max_length=6)
    # The territorial union of the employer; of a name that nobody knows, the union above all these members.
    place = models.ForeignKey(Place, models.CASCADE, related_name="+")
    employer = models.OneToOneField(Employer, models.CASCADE, null=True, related_name="lead")
    # As most of them write it, and what makes two writings one; empty where the register says the employer.
    name = models.CharField(_("写的单位名称"), max_length=128, blank=True)
    name_key = models.CharField(max_length=128, blank=True)
    members = models.IntegerField(_("会员人数"))
    found_on = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["city", "name_key"], condition=Q(employer=None), name="lead_once_a_name"),
            models.CheckConstraint(condition=Q(employer__isnull=False) | ~Q(name_key=""), name="lead_names_somebody"),
            models.CheckConstraint(condition=Q(members__gt=0), name="lead_has_members"),
        )

    def __str__(self) -> str:
        return f"{self.employer_id or self.name}: {self.members}"


class WrittenName(models.Model):
    """What a person decided about a name as members write it (写法): which employer it means, or that it means none."""

    city = models.CharField(max_length=6)
    name_key = models.CharField(max_length=128)
    name = models.CharField(max_length=128)
    place = models.ForeignKey(Place, models.CASCADE, related_name="+")
    employer = models.ForeignKey(Employer, models.CASCADE, null=True, related_name="written_names")
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["city", "name_key"], name="written_name_decided_once"),)

    def __str__(self) -> str:
        return f"{self.name} → {self.employer_id}"
