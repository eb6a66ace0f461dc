"""A member's own household; who says that she belongs to theirs; and the household on a day, for lines of work."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import Prefetch, QuerySet

from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.people.models import Subject
from niangjia.kernel.sealed import unseal
from niangjia.kernel.worded import Worded
from niangjia.registers.households.models import Belonging, Household, Schooling
from niangjia.registers.households.rules import HouseholdOnDay, PersonOnDay, Relation, seen_from
from niangjia.registers.households.rules.sealed_columns import SEALED_ADDRESS
from niangjia.registers.members.models import Person


@dataclass(frozen=True)
class Lives:
    """One person of a household as a page shows her (家里的一位)."""

    belonging: Belonging
    name: str
    birth_on: date | None
    # She is a member and said herself that she lives there.
    is_linked: bool
    schools: tuple[Schooling, ...] = field(default_factory=tuple)

    @property
    def is_now(self) -> bool:
        """Whether she lives there still."""
        return self.belonging.period.upper is None


class Asked(NamedTuple):
    """Somebody wrote a member down in a household (有人把您写进了家庭): she is asked whether it is so."""

    belonging_id: int
    relation: str
    head_name: str
    since: date


def own_household(actor: Actor, *, on: date) -> Household | None:
    """The household that she wrote down and lives in now."""
    if actor.subject_id is None:
        return None
    return Household.objects.filter(head=actor.subject_id, period__contains=on).first()


def household_she_is_in(actor: Actor, *, on: date) -> Belonging | None:
    """Where she lives now by another's writing, and said so herself."""
    if actor.subject_id is None:
        return None
    held = Belonging.objects.filter(member=actor.subject_id, period__contains=on).exclude(head=actor.subject_id)
    return held.select_related("household").first()


def address_of(household: Household) -> str:
    """The address as she wrote it, for herself and for a look that was written down."""
    return unseal(bytes(household.address_sealed), aad=f"{SEALED_ADDRESS}.{household.pk}")


def people_of(household: Household) -> list[Lives]:
    """Everybody who lives or lived there, she herself first; a member by the name in the register."""
    schools = Prefetch("schoolings", queryset=Schooling.objects.order_by("-period", "-pk"))
    rows = household.belongings.select_related("kin").prefetch_related(schools).order_by("pk")
    found = list(rows)
    with beyond(Purpose.HOUSEHOLDS):  # who is linked said so herself; her name is all that is read
        persons = {
            person.pk: person
            for person in Person.objects.filter(pk__in=[each.member_id for each in found if each.member_id])
        }
    return [_lives(each, persons.get(each.member_id or 0)) for each in found]


def _lives(belonging: Belonging, person: Person | None) -> Lives:
    kin = belonging.kin
    name, birth_on = (kin.name, kin.birth_on) if kin else (person.name, person.birth_on) if person else ("", None)
    return Lives(belonging, name, birth_on, kin is None, tuple(belonging.schoolings.all()))


WRITTEN_DOWN = Worded(
    lambda subject, on: (
        Belonging.objects.filter(
            kin__id_blind__in=Subject.objects.filter(pk=subject).values("key_blind"), period__contains=on
        )
        .exclude(head=subject)
        .order_by("pk")
    ),
    subject=int,
    on=date,
)


@beyond(Purpose.HOUSEHOLDS)
def asked_of(subject_id: int, *, on: date) -> list[Asked]:
    """In whose households she was written down by her number, and has not answered: their names, as they gave hers."""
    found = WRITTEN_DOWN(subject=subject_id, on=on)
    if not found:
        return []
    names = dict(Person.objects.filter(pk__in=[each.head_id for each in found]).values_list("pk", "name"))
    return [Asked(each.pk, each.relation, names.get(each.head_id, ""), each.period.lower) for each in found]


@beyond(Purpose.HOUSEHOLDS)
def household_on(subject_id: int, on: date) -> HouseholdOnDay | None:
    """Who lived with a person on a day (某一天的家庭), for lines of work that decide by it; None where nothing is written down.

    Relations are those to this person. Whoever was written down and has not said yes herself counts as kin; who is linked
    elsewhere does not.
    """
    hers = Belonging.objects.filter(member=subject_id, period__contains=on).select_related("household").first()
    if hers is None:
        return None
    schools = Prefetch("schoolings", queryset=Schooling.objects.filter(period__contains=on))
    rows = _on(hers.household, on).select_related("kin").prefetch_related(schools)
    found = _not_linked_elsewhere(list(rows), on)
    births = dict(
        Person.objects.filter(pk__in=[each.member_id for each in found if each.member_id]).values_list("pk", "birth_on")
    )
    herself = Relation(hers.relation)
    return HouseholdOnDay(
        number=hers.household_id,
        region=hers.household.region_code,
        people=tuple(_on_day(each, herself, hers.pk, births) for each in found),
    )


def _on(household: Household, on: date) -> QuerySet[Belonging]:
    return Belonging.objects.filter(household=household, period__contains=on).order_by("pk")


def _not_linked_elsewhere(rows: list[Belonging], on: date) -> list[Belonging]:
    """Without kin who, as members, said themselves that they live elsewhere."""
    keys = {bytes(each.kin.id_blind) for each in rows if each.kin and each.kin.id_blind}
    linked = Belonging.objects.filter(member__key_blind__in=keys, period__contains=on)
    elsewhere = {bytes(key) for key in linked.values_list("member__key_blind", flat=True) if key}
    return [each for each in rows if not (each.kin and each.kin.id_blind and bytes(each.kin.id_blind) in elsewhere)]


def _on_day(each: Belonging, herself: Relation, own_id: int, births: dict[int, date | None]) -> PersonOnDay:
    role = Relation.APPLICANT if each.pk == own_id else seen_from(herself, Relation(each.relation))
    birth_on = each.kin.birth_on if each.kin else births.get(each.member_id or 0)
    schools = list(each.schoolings.all())
    return PersonOnDay(role, birth_on, bool(schools), any(school.is_private for school in schools))
