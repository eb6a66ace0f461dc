"""The certificate of a union as a legal person, as it was given out last."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.registers.committees.models import Term
from niangjia.registers.members.models import Person
from niangjia.registers.orgs.models import Union


class LegalPerson(models.Model):
    """A union as a legal person (工会法人): what its certificate says; its code stands with the union."""

    union = models.OneToOneField(Union, models.PROTECT, primary_key=True, related_name="legal_person")
    city = models.CharField(max_length=6)
    certificate_no = models.CharField(_("证书编号"), max_length=64)
    name = models.CharField(_("证书上的名称"), max_length=128)
    address = models.CharField(_("证书上的住所"), max_length=255)
    representative = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("法定代表人"))
    # It holds as long as this term.
    term = models.ForeignKey(Term, models.PROTECT, related_name="+")
    registered_on = models.DateField(_("登记日期"))
    issued_on = models.DateField(_("发证日期"))
    cancelled_on = models.DateField(_("注销日期"), null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(certificate_no="") & ~Q(name="") & ~Q(address=""), name="legal_person_whole"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on=None) | Q(cancelled_on__gte=models.F("registered_on")),
                name="legal_person_ends_after",
            ),
            models.UniqueConstraint(
                fields=["certificate_no", "city"],
                name="legal_certificate_once",
                violation_error_message=_("这个证书编号已经登记在另一个工会名下。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.union_id} {self.certificate_no}"
