"""Whose phone a number is, at the workers' door: the register's, and of whoever applied and stands in no register yet."""

from collections.abc import Sequence

from niangjia.kernel.access.phone_code.rules import TAIL_LENGTH, PhoneHolder
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.sealed import blind
from niangjia.registers.members import phones as register
from niangjia.registers.members.joining.models import Application
from niangjia.registers.members.joining.queries import latest_of, number_in, of_phone, phone_in
from niangjia.registers.members.merging.queries import phone_of_gone
from niangjia.registers.members.models import Person
from niangjia.registers.members.rules.sealed_columns import PHONE


class PeopleAndApplicants(register.PeopleByPhone):
    """The register, and who wants to be in it."""

    def holders(self, phone: str) -> Sequence[PhoneHolder]:
        """Everybody whose record or application has this phone.

        Who applied proved it; she stands beside whoever else has it, and the end of the number tells which one is here.
        """
        known = list(super().holders(phone))
        is_confirmed = not known or any(each.is_confirmed for each in known)
        latest = {each.subject_id: each for each in of_phone(blind(PHONE, phone)) if phone_in(each) == phone}
        return [*known, *(_holder(each, is_confirmed=is_confirmed) for each in latest.values())]

    def confirm(self, subject_id: int, phone: str, *, by: Actor) -> None:
        """Confirmed in the register, for who stands in it; who applied proved it when she did."""
        if Person.objects.filter(pk=subject_id).exists():
            super().confirm(subject_id, phone, by=by)


def phone_to_tell(subject_id: int) -> str:
    """The phone that somebody confirmed, or proved when she applied; empty where there is none."""
    confirmed = register.phone_to_tell(subject_id)
    if confirmed or Person.objects.filter(pk=subject_id).exists():
        return confirmed
    application = latest_of(subject_id)
    return phone_in(application) if application else phone_of_gone(subject_id)


def _holder(application: Application, *, is_confirmed: bool) -> PhoneHolder:
    tail = number_in(application)[-TAIL_LENGTH:]
    place = (application.city, application.union_id)
    return PhoneHolder(application.subject_id, application.name, tail, is_confirmed, place)


PEOPLE = PeopleAndApplicants()
