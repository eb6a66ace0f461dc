"""Who asked for an employer: found again by her phone alone."""

from django.db import models
from django.db.models import Q

from niangjia.kernel import clock
from niangjia.services.requests.for_employers.rules import EmployerKind
from niangjia.services.requests.models import Request


class EmployerAsk(models.Model):
    """An employer's request (单位求助) at this door: what it wants, and by which phone it is followed; both keyed, neither told."""

    request = models.OneToOneField(Request, models.PROTECT, primary_key=True, related_name="asked_for_employer")
    city = models.CharField(max_length=6)
    kind = models.CharField(max_length=12, choices=[(each.value, each.value) for each in EmployerKind])
    phone_blind = models.BinaryField(max_length=16)
    # The key of the form it came with: pressed twice it is one request.
    form_blind = models.BinaryField(max_length=16)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=[each.value for each in EmployerKind]), name="employer_ask_kind_known"
            ),
            models.UniqueConstraint(fields=["form_blind"], name="employer_ask_once"),
        )
        indexes = (models.Index(fields=["phone_blind", "at"], name="employer_ask_by_phone"),)

    def __str__(self) -> str:
        return f"{self.request_id} {self.kind}"
