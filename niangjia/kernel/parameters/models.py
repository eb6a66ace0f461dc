"""Changes of local parameters, and who entered and who decided them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.dated.models import LocalParameter
from niangjia.kernel.parameters.rules import Refusal, State
from niangjia.kernel.places.models import Place

DECIDED = [State.IN_FORCE.value, State.REFUSED.value]


class ParameterChange(models.Model):
    """A new value that somebody entered (地方参数的改动): for which region, from which day, by which document."""

    city = models.CharField(max_length=6)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    region_code = models.CharField(max_length=6)
    key = models.CharField(max_length=48)
    value = models.CharField(max_length=64)
    unit = models.CharField(max_length=16)
    valid_from = models.DateField()
    source = models.CharField(max_length=128)
    state = models.CharField(max_length=9, default=State.WAITS.value)
    entered_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=16, blank=True)
    in_force_as = models.OneToOneField(LocalParameter, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(entered_by=None) | ~Q(decided_by=F("entered_by")),
                name="parameter_change_never_own_decision",
                violation_error_message=_("自己填的地方参数，不能自己生效。"),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=DECIDED) | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="parameter_change_decided_by_somebody",
                violation_error_message=_("还没有第二个人看过，不能生效。"),
            ),
            models.CheckConstraint(
                condition=Q(state=State.IN_FORCE.value, in_force_as__isnull=False)
                | (~Q(state=State.IN_FORCE.value) & Q(in_force_as=None)),
                name="parameter_change_in_force_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]), name="parameter_change_state_known"
            ),
            models.CheckConstraint(
                condition=Q(refusal__in=["", *(each.value for each in Refusal)]), name="parameter_change_refusal_known"
            ),
            models.UniqueConstraint(
                fields=["region_code", "key"],
                condition=Q(state=State.WAITS.value),
                name="parameter_change_one_waits",
                violation_error_message=_("这个参数已经有一个改动在等人看。先等它办完。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.key} {self.region_code} {self.value}"
