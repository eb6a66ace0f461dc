"""What is known of a code, and of whom its phone belongs to."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from niangjia.kernel import clock
from niangjia.kernel.access.phone_code import rules
from niangjia.kernel.access.phone_code.models import PHONE_SEALED, PhoneCode
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.sealed import blind, unseal

PHONE_OF_CODE = "phone-code"
ADDRESS_OF_CODE = "phone-code-address"
CODE = "phone-code-digits"
KEPT_FOR = timedelta(days=2)


class People(Protocol):
    """What the register of people answers at the door; wired by `NIANGJIA_PEOPLE_BY_PHONE`."""

    def holders(self, phone: str) -> Sequence[rules.PhoneHolder]:
        """Everybody whose record has this phone."""

    def confirm(self, subject_id: int, phone: str, *, by: Actor) -> None:
        """Her phone was proved to be hers; told in the journal."""


def people() -> People:
    """The register of people, as wired."""
    found: People = import_string(settings.NIANGJIA_PEOPLE_BY_PHONE)
    return found


def demo_phones() -> dict[int, str]:
    """Phones of demo accounts by person (`NIANGJIA_DEMO_PHONES`); empty wherever anything but demo data is held."""
    found: dict[int, str] = import_string(settings.NIANGJIA_DEMO_PHONES)()
    return found


def with_ref(ref: UUID | None) -> QuerySet[PhoneCode]:
    """The code of this number; none without one."""
    return PhoneCode.objects.filter(pk=ref) if ref else PhoneCode.objects.none()


def phone_of(code: PhoneCode) -> str:
    """The phone a code was sent to."""
    return unseal(code.phone_sealed, aad=f"{PHONE_SEALED}.{code.pk}")


def digits_of(code: PhoneCode) -> str:
    """The code itself, worked out from its draw and its phone."""
    return rules.digits_of(blind(CODE, f"{bytes(code.draw).hex()}:{phone_of(code)}"))


def caps() -> rules.Caps:
    """How many codes an hour there may be here."""
    return rules.Caps(settings.CODES_PER_HOUR, settings.CODES_PER_HOUR_AND_ADDRESS)


def asked_before(phone_blind: bytes, address_blind: bytes | None, *, at: datetime) -> rules.Asked:
    """What was asked for before now by this phone, by this address, by everybody."""
    of_phone = PhoneCode.objects.filter(phone_blind=phone_blind, asked_at__gt=at - KEPT_FOR)
    times = list(of_phone.order_by("asked_at").values_list("asked_at", flat=True))
    this_hour = PhoneCode.objects.filter(asked_at__gt=at - rules.HOUR)
    here = this_hour.filter(address_blind=address_blind).count() if address_blind else 0
    asked = rules.asked_by_phone(times, at=at, zone=clock.PEOPLE_ZONE)
    return replace(asked, this_hour=this_hour.count(), this_hour_here=here)
