"""Ringing up whoever asked for a union (回电话): the phone is masked, shown for a purpose, and she sees who looked."""

from django.urls import reverse
from django.utils.translation import gettext as _

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.queries import knows_who
from niangjia.kernel.people.masks import masked_phone
from niangjia.kernel.reveal.queries import purposes_of
from niangjia.kernel.reveal.rules import Field
from niangjia.kernel.reveal.services import SealedValue
from niangjia.kernel.web.sealed import AskedLook
from niangjia.registers.founding.models import FoundingApplication
from niangjia.registers.founding.queries import name_in, phone_in
from niangjia.registers.founding.rules.sealed_columns import SEALED_PHONE


def phone_asked(case: Case, actor: Actor) -> AskedLook | None:
    """The phone of who asked as this actor may ask for it; None where she may not know who it is, or where it is gone."""
    application = FoundingApplication.objects.filter(pk=case.pk).first()
    if application is None or application.phone_sealed is None:
        return None
    if application.subject_id == actor.subject_id or not knows_who(actor, case):
        return None
    path = case.place.path
    value = SealedValue(
        subject_id=application.subject_id,
        field=Field.PHONE,
        sealed=bytes(application.phone_sealed),
        aad=f"{SEALED_PHONE}.{application.pk}",
        city=case.city,
        place_id=case.place_id,
        path=path,
    )
    return AskedLook(
        value,
        title=_("申请人的手机"),
        masked=masked_phone(phone_in(application)),
        name=name_in(application),
        address=reverse("founding_phone", args=(case.pk,)),
        purposes=purposes_of(actor, Field.PHONE, path),
    )
