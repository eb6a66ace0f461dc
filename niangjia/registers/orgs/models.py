"""Unions: what a place in the tree means to the union system."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.intake.models import Import
from niangjia.kernel.people.revisions import counts_revisions
from niangjia.kernel.places.models import Place


class Kind(models.TextChoices):
    """What kind of union organisation it is (组织类型)."""

    TERRITORIAL = "territorial", _("地方工会")
    FEDERATION = "federation", _("工会联合会")
    INDUSTRY = "industry", _("产业工会")
    BASE = "base", _("基层工会")
    BRANCH = "branch", _("分会")
    GROUP = "group", _("工会小组")


# What a row was before each change: so the first change after a day tells the name of that day.
@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class Union(models.Model):
    """A union organisation (工会组织); its code is ours, permanent and never reused."""

    place = models.OneToOneField(Place, models.PROTECT, primary_key=True, related_name="union")
    city = models.CharField(max_length=6)
    code = models.CharField(_("工会编码"), max_length=32)
    name = models.CharField(_("工会名称"), max_length=128)
    kind = models.CharField(_("组织类型"), max_length=12, choices=Kind)
    uscc = models.CharField(_("统一社会信用代码"), max_length=18, null=True, blank=True)
    region_code = models.CharField(_("行政区划代码"), max_length=12, blank=True)
    address = models.CharField(_("地址"), max_length=255, blank=True)
    phone = models.CharField(_("办公电话"), max_length=32, blank=True)
    # A union above approved that it is prepared (筹建): it stands in the tree, may be joined, and counts as no union yet.
    is_preparing = models.BooleanField(default=False, db_default=False)
    intake = models.ForeignKey(Import, models.PROTECT, null=True, related_name="+")
    revision = models.IntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["code"],
                name="union_code_once",
                violation_error_message=_("这个工会编码已经有了。编码用过就不再给别的工会。"),
            ),
            models.UniqueConstraint(
                fields=["uscc"],
                name="union_uscc_once",
                violation_error_message=_("这个统一社会信用代码已经登记在另一个工会名下。"),
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9A-Za-z_-]{1,32}$"),
                name="union_code_form",
                violation_error_message=_("工会编码只用数字、字母、横线，最多 32 位。"),
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="union_kind_known"),
            models.CheckConstraint(condition=~Q(name=""), name="union_has_a_name"),
            models.CheckConstraint(
                condition=Q(is_preparing=False) | Q(uscc=None),
                name="union_in_preparation_has_no_credit_code",
                violation_error_message=_("筹建中的工会还没有统一社会信用代码。上一级工会批复、登记法人以后再填。"),
            ),
        )
        indexes = (models.Index(fields=["name"], name="union_name"),)
        triggers = (counts_revisions(),)

    def __str__(self) -> str:
        return self.name
