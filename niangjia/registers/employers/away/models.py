"""Unions of workers away from home (驻外农民工工会)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.registers.orgs.models import Union


class AwayUnion(models.Model):
    """A union that serves workers away from home (驻外农民工工会): home union, host place, and what the two ends agreed."""

    union = models.OneToOneField(Union, models.CASCADE, primary_key=True, related_name="away")
    city = models.CharField(max_length=6)
    home = models.ForeignKey(Union, models.PROTECT, related_name="away_unions", verbose_name=_("输出地工会"))
    # Where they work (输入地): the code of GB/T 2260 and the place in words, for it lies outside this register.
    host_region = models.CharField(_("输入地行政区划代码"), max_length=6)
    host_place = models.CharField(_("输入地"), max_length=64)
    host_union = models.CharField(_("输入地工会"), max_length=128, blank=True)
    agreement_no = models.CharField(_("协议编号"), max_length=64, blank=True)
    agreed_on = models.DateField(_("签订日期"), null=True)
    agreed_to = models.DateField(_("到期日期"), null=True)
    tasks = models.CharField(_("约定的事"), max_length=500, blank=True)
    since_on = models.DateField(_("从哪天起"))
    until_on = models.DateField(_("到哪天止"), null=True)
    revision = models.IntegerField(default=1)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(host_place=""), name="away_union_has_a_host_place"),
            models.CheckConstraint(
                condition=Q(agreed_to=None) | Q(agreed_on__isnull=False, agreed_to__gte=F("agreed_on")),
                name="away_agreement_ends_after_it_begins",
                violation_error_message=_("协议的到期日期不能早于签订日期。"),
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("since_on")), name="away_union_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~Q(home=F("union")), name="away_union_is_not_its_own_home"),
        )

    def __str__(self) -> str:
        return f"{self.union_id} @ {self.host_place}"
