"""What the register of persons answers to the kernel's questions about one person (身份情况)."""

from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.privacy.rules import Persons, Standing
from niangjia.registers.members.history import PersonEvent
from niangjia.registers.members.models import Membership, Person
from niangjia.registers.members.queries import HOLDING, visible_to
from niangjia.registers.members.words import FIELD_WORDS

# Facts that somebody may ask to be put right.
CORRECTABLE = {name: FIELD_WORDS[name] for name in FIELD_WORDS if name != "union"}


def standing_of(subject_id: int) -> Standing | None:
    """How a person stands: her union, and what stands against erasing her data; None where nobody is registered.

    Where she is a member now decides, also where the one who asks may not see it.
    """
    with beyond(Purpose.OWN_DATA):
        return _standing(subject_id)


def _standing(subject_id: int) -> Standing | None:
    person = Person.objects.filter(pk=subject_id, erased_at=None).first()
    if person is None:
        return None
    held = Membership.objects.filter(person=person).select_related("union__place").order_by("-period", "-pk")
    latest = held.first()
    present = held.filter(period__upper_inf=True, state__in=HOLDING).first()
    union = latest.union if latest else None
    reason = Reason("still_member", _STILL_MEMBER, {"union": present.union.name}) if present else None
    return Standing(
        subject_id=person.pk,
        name=person.name,
        city=person.city,
        place_id=union.pk if union else None,
        place_path=union.place.path if union else "",
        place_name=union.name if union else "",
        born_on=person.birth_on,
        against=(reason,) if reason else (),
        words=names_of(person),
    )


def names_of(person: Person) -> frozenset[str]:
    """Every name she has had in the register."""
    former = PersonEvent.objects.filter(pgh_obj_id=person.pk).order_by("pgh_id").values_list("name", flat=True)
    return frozenset({person.name, *former})


PERSONS = Persons(
    standing_of=standing_of,
    is_seen_by=lambda actor, subject_id: visible_to(actor).filter(pk=subject_id).exists(),
    address_of=lambda subject_id: f"/members/{subject_id}/",
    correctable=CORRECTABLE,
)
_STILL_MEMBER = gettext_noop("还是「{union}」的会员。先办退会，退会以后再申请删除。")
