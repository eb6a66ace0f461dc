"""Lost phones as they are found: hers, those that were handed over and not proved yet; and when a phone was last used."""

from datetime import date

from django.db.models import QuerySet

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.sealed import unseal
from niangjia.registers.members.regaining.models import PhoneUse, Regaining
from niangjia.registers.members.regaining.rules.sealed_columns import SEALED_NEW_PHONE


def of_her(actor: Actor) -> QuerySet[Regaining]:
    """What was filed about the actor's own phone, the latest first."""
    if actor.subject_id is None:
        return Regaining.objects.none()
    return Regaining.objects.filter(person=actor.subject_id).select_related("case").order_by("-pk")


def open_about(person_id: int) -> Regaining | None:
    """The case about this person that is not settled, as far as who asks meets it."""
    return Regaining.objects.filter(person=person_id, settled_at=None).first()


def is_handed(person_id: int) -> bool:
    """Whether her phone came by such a case and she has not proved it yet: till then nobody else changes it."""
    with beyond(Purpose.SAME_PERSON):
        return _handed(person_id).exists()


def used_on(person_id: int) -> date | None:
    """The day on which she last came in with her phone; None where that was never noted."""
    with beyond(Purpose.DOOR):
        return PhoneUse.objects.filter(pk=person_id).values_list("used_on", flat=True).first()


def phone_in(regaining: Regaining) -> str:
    """The new phone, whole; never for a page. Empty where it was let go."""
    sealed = regaining.phone_sealed
    return unseal(bytes(sealed), aad=f"{SEALED_NEW_PHONE}.{regaining.pk}") if sealed else ""


def _handed(person_id: int) -> QuerySet[Regaining]:
    return Regaining.objects.filter(person=person_id, handed_at__isnull=False, proved_at=None)
