"""What the register answers at the workers' door: whose phone this is, and that it was proved to be hers."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef

from niangjia.kernel import clock
from niangjia.kernel.access.phone_code.rules import PhoneHolder
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.dated.queries import parameter
from niangjia.kernel.journal.services import record
from niangjia.kernel.sealed import blind
from niangjia.registers.members.masked import phone_of, tail_of
from niangjia.registers.members.models import Membership, Person
from niangjia.registers.members.queries import HOLDING
from niangjia.registers.members.regaining.parameters import UNUSED_PARAMETER
from niangjia.registers.members.regaining.proving import came_in
from niangjia.registers.members.regaining.queries import is_handed, used_on
from niangjia.registers.members.regaining.rules.filing import is_long_unused
from niangjia.registers.members.rules import MembershipState
from niangjia.registers.members.rules.sealed_columns import PHONE
from niangjia.registers.orgs.queries import region_of


class PeopleByPhone:
    """The register of members, as the door asks it."""

    def holders(self, phone: str) -> Sequence[PhoneHolder]:
        """Everybody whose record has this phone; the dead are let rest."""
        dead = Membership.objects.filter(person=OuterRef("pk"), state=MembershipState.DECEASED)
        found = Person.objects.filter(~Exists(dead), phone_blind=blind(PHONE, phone)).order_by("pk")
        return [_holder(person) for person in found if phone_of(person) == phone]

    @transaction.atomic
    def confirm(self, subject_id: int, phone: str, *, by: Actor) -> None:
        """The first code that came back from her phone confirms it (手机号本人已确认); a roster then changes it no more."""
        person = Person.objects.select_for_update().get(pk=subject_id)
        if phone_of(person) != phone:
            return
        came_in(person)
        if person.phone_confirmed_at is not None:
            return
        Person.objects.filter(pk=person.pk).update(phone_confirmed_at=clock.now())
        record("confirm_phone", by=by, thing="person", thing_id=person.pk, place=_place(person))


def phone_to_tell(subject_id: int) -> str:
    """The phone that somebody confirmed to be hers, for short messages; empty where she confirmed none."""
    dead = Membership.objects.filter(person=subject_id, state=MembershipState.DECEASED)
    if dead.exists():
        return ""
    person = Person.objects.filter(pk=subject_id, erased_at=None, phone_confirmed_at__isnull=False).first()
    return phone_of(person) if person else ""


def _holder(person: Person) -> PhoneHolder:
    place, handed = _place(person), is_handed(person.pk)
    return PhoneHolder(
        subject_id=person.pk,
        name=person.name,
        tail=tail_of(person),
        # What two above her union handed over is hers as if she had confirmed it, once she says the end of her number.
        is_confirmed=handed or person.phone_confirmed_at is not None,
        place=place,
        is_asked=handed or _is_long_unused(person, place),
    )


def _is_long_unused(person: Person, place: tuple[str, int] | None) -> bool:
    """Whether a confirmed phone rested for so long that its number may be somebody else's by now (号码可能给了别人)."""
    if person.phone_confirmed_at is None:
        return False
    last = used_on(person.pk) or person.phone_confirmed_at.astimezone(clock.PEOPLE_ZONE).date()
    today, region = clock.today(), (region_of(place[1]) if place else "") or person.city
    months = parameter(UNUSED_PARAMETER, region=region, on=today).number
    return is_long_unused(last, today=today, months=months)


def _place(person: Person) -> tuple[str, int] | None:
    held = Membership.objects.filter(person=person, period__upper_inf=True, state__in=HOLDING)
    union_id = held.values_list("union_id", flat=True).first()
    return None if union_id is None else (person.city, union_id)


PEOPLE = PeopleByPhone()
