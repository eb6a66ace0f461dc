"""A helper at a desk looks at a member's household: on purpose, written down first, and told to the member."""

from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.reveal import rules as reveal_rules
from niangjia.kernel.reveal.queries import purposes_of
from niangjia.kernel.reveal.services import SealedValue, reveal
from niangjia.registers.households.models import Belonging, Household
from niangjia.registers.households.queries import Lives, people_of
from niangjia.registers.households.rules.sealed_columns import SEALED_ADDRESS
from niangjia.registers.members.models import Person
from niangjia.registers.members.queries import present_membership, visible_to


@dataclass(frozen=True)
class ShownHousehold:
    """A household as it is shown at a desk for this once: its people, and the address."""

    household: Household
    people: tuple[Lives, ...]
    address: str


def purposes_for_household(actor: Actor, person: Person) -> tuple[reveal_rules.Purpose, ...]:
    """For what this actor may look at a member's household; none from inside the enterprise, and of nobody elsewhere."""
    membership = present_membership(person)
    return purposes_of(actor, reveal_rules.Field.HOUSEHOLD, membership.union.place.path) if membership else ()


@transaction.atomic
def look_at_household(person_id: int, *, purpose: str, by: Actor, on: date) -> ShownHousehold | None:
    """Look at the household a member lives in (查看家庭情况); None where none is written down, and then nothing was shown.

    Both she and whoever wrote it down see the look among hers, with unit, role, purpose and time.
    """
    person = visible_to(by).filter(pk=person_id).first()
    membership = present_membership(person) if person else None
    if person is None or membership is None or not purposes_for_household(by, person):
        raise Forbidden("out_of_scope")
    with beyond(Purpose.HOUSEHOLDS):
        hers = Belonging.objects.filter(member=person_id, period__contains=on).select_related("household").first()
        household = hers.household if hers else None
    if household is None:
        return None
    value = SealedValue(
        subject_id=household.head_id,
        field=reveal_rules.Field.HOUSEHOLD,
        sealed=bytes(household.address_sealed),
        aad=f"{SEALED_ADDRESS}.{household.pk}",
        city=membership.city,
        place_id=membership.union_id,
        path=membership.union.place.path,
    )
    shown = reveal(value, purpose=purpose, by=by)
    if person_id != household.head_id:
        reveal(replace(value, subject_id=person_id), purpose=purpose, by=by)
    with beyond(Purpose.HOUSEHOLDS):
        return ShownHousehold(household, tuple(people_of(household)), shown.value)
