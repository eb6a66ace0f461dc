"""Cadres, the posts that are written down by hand, and which unions and employers each keeps in touch with."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access.models import Account
from niangjia.registers.cadres.rules.posts import CadreKind, CadrePost
from niangjia.registers.employers.models import Employer
from niangjia.registers.members.models import Person
from niangjia.registers.orgs.models import Union

DAYS = Func("since", "until", Value("[]"), function="daterange", output_field=DateRangeField())
KINDS = [kind.value for kind in CadreKind]


class Cadre(models.Model):
    """Somebody who works for a union (工会干部); named once: by the register, by her account, or else here.

    Every post that follows from an election stands with the committees; here stands only that she is one.
    """

    city = models.CharField(max_length=6)
    # The union that keeps her file.
    union = models.ForeignKey(Union, models.PROTECT, related_name="cadres")
    person = models.OneToOneField(Person, models.PROTECT, null=True, related_name="cadre")
    account = models.OneToOneField(Account, models.PROTECT, null=True, related_name="+")
    name = models.CharField(_("姓名"), max_length=64, blank=True, default="")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(person__isnull=False, account=None, name="")
                | Q(person=None, account__isnull=False, name="")
                | (Q(person=None, account=None) & ~Q(name="")),
                name="cadre_named_once",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class Posting(models.Model):
    """A post that no election gives (任职): what, how, at which union, from a day to a day."""

    city = models.CharField(max_length=6)
    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="postings")
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    post = models.CharField(_("职务"), max_length=16)
    kind = models.CharField(_("任职方式"), max_length=16)
    since = models.DateField(_("从哪天起"))
    until = models.DateField(_("到哪天止"), null=True)
    document_number = models.CharField(_("任免文号"), max_length=64, blank=True, default="")
    ended_because = models.CharField(_("为什么结束"), max_length=128, blank=True, default="")

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="posting_once_at_a_time",
                expressions=[
                    ("cadre", RangeOperators.EQUAL),
                    ("union", RangeOperators.EQUAL),
                    ("post", RangeOperators.EQUAL),
                    (DAYS, RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("这个人这段日子已经在这个工会任这个职务了。"),
            ),
            models.CheckConstraint(
                condition=Q(post__in=[post.value for post in CadrePost]), name="posting_post_known"
            ),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="posting_kind_known"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="posting_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(until=None) | ~Q(ended_because=""), name="posting_ends_for_a_reason"),
        )  # fmt: skip
        indexes = (models.Index(fields=["union"], condition=Q(until=None), name="posting_of_union_now"),)

    def __str__(self) -> str:
        return f"{self.cadre_id} {self.post}"


class ElectedKind(models.Model):
    """How somebody holds what she was elected to at a union (任职方式), where it is said; else 兼职."""

    city = models.CharField(max_length=6)
    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="+")
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    kind = models.CharField(_("任职方式"), max_length=16)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["cadre", "union"], name="elected_kind_once"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="elected_kind_known"),
        )

    def __str__(self) -> str:
        return f"{self.cadre_id} {self.kind}"


class Contact(models.Model):
    """A cadre keeps in touch with a union (联系工会), or stays at an employer in its territory (驻点), from a day to a day."""

    city = models.CharField(max_length=6)
    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="contacts")
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    # None where she serves the union as a whole.
    employer = models.ForeignKey(Employer, models.PROTECT, null=True, related_name="+")
    since = models.DateField(_("从哪天起"))
    until = models.DateField(_("到哪天止"), null=True)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="contact_once_at_a_time",
                expressions=[
                    ("cadre", RangeOperators.EQUAL),
                    ("union", RangeOperators.EQUAL),
                    (Coalesce("employer", 0), RangeOperators.EQUAL),
                    (DAYS, RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("这个人这段日子已经在联系这里了。"),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="contact_ends_after_it_begins"
            ),
        )
        indexes = (models.Index(fields=["union"], condition=Q(until=None), name="contact_of_union_now"),)

    def __str__(self) -> str:
        return f"{self.cadre_id} {self.union_id}"
