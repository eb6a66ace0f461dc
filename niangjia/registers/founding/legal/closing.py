"""What closing a union means to it as a legal person: it is cancelled with it (工会法第十三条); membership survives."""

from datetime import date

from django.utils.translation import gettext as _

from niangjia.kernel.access.rules import Actor
from niangjia.registers.founding.legal.models import LegalPerson
from niangjia.registers.orgs.closing import Closing, Effect
from niangjia.registers.orgs.models import Union


def _effects(union: Union, _on: date) -> list[Effect]:
    if not LegalPerson.objects.filter(pk=union.pk, cancelled_on=None).exists():
        return []
    return [Effect(_("法人资格一起注销，证书收回。"), address=f"/unions/{union.code}/legal-person/")]


def _carry_out(union: Union, _by: Actor, on: date) -> dict[str, int]:
    return {"legal_person": LegalPerson.objects.filter(pk=union.pk, cancelled_on=None).update(cancelled_on=on)}


CLOSING = Closing(_effects, _carry_out)
