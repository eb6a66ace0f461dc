"""Whose phone a number is, once more at the workers' door: also of whoever asked for a union and stands in no register."""

from collections.abc import Sequence

from niangjia.kernel.access.phone_code.rules import TAIL_LENGTH, PhoneHolder
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.sealed import blind
from niangjia.registers.founding.models import FoundingApplication
from niangjia.registers.founding.queries import latest_of, name_in, of_phone, phone_in
from niangjia.registers.members.joining import phones as joining
from niangjia.registers.members.models import Person
from niangjia.registers.members.rules.sealed_columns import PHONE


class PeopleApplicantsAndAskers(joining.PeopleAndApplicants):
    """The register, who wants to be in it, and who asked for a union."""

    def holders(self, phone: str) -> Sequence[PhoneHolder]:
        """Everybody whose record, application or question for a union has this phone; each person once."""
        known = list(super().holders(phone))
        there = {each.subject_id for each in known}
        is_confirmed = not known or any(each.is_confirmed for each in known)
        latest = {each.subject_id: each for each in of_phone(blind(PHONE, phone)) if phone_in(each) == phone}
        asking = [row for subject, row in latest.items() if subject not in there]
        return [*known, *(_holder(each, phone, is_confirmed=is_confirmed) for each in asking)]

    def confirm(self, subject_id: int, phone: str, *, by: Actor) -> None:
        """Confirmed where the register has it; who asked proved it when she did."""
        if Person.objects.filter(pk=subject_id).exists():
            super().confirm(subject_id, phone, by=by)


def phone_to_tell(subject_id: int) -> str:
    """The phone that somebody confirmed, or proved when she asked; empty where there is none."""
    known = joining.phone_to_tell(subject_id)
    if known or Person.objects.filter(pk=subject_id).exists():
        return known
    application = latest_of(subject_id)
    return phone_in(application) if application else ""


def _holder(application: FoundingApplication, phone: str, *, is_confirmed: bool) -> PhoneHolder:
    # No paper of hers is known: the end of her phone stands for the end of its number.
    place = (application.city, application.case.place_id)
    return PhoneHolder(application.subject_id, name_in(application), phone[-TAIL_LENGTH:], is_confirmed, place)


PEOPLE = PeopleApplicantsAndAskers()
