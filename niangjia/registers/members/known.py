"""What a form need not ask a member, for the register knows it: by the keys that fields of forms name."""

from niangjia.kernel.access.rules import Actor
from niangjia.registers.members.models import Membership, Person
from niangjia.registers.members.queries import HOLDING


def known_of(actor: Actor) -> dict[str, str]:
    """Of the person herself (资料里已有): name, work and union; no sealed number is opened for a form."""
    person = Person.objects.filter(pk=actor.subject_id).first() if actor.subject_id is not None else None
    if person is None:
        return {}
    known = {"person.name": person.name, "person.workplace": person.workplace}
    held = Membership.objects.filter(person=person, period__upper_inf=True, state__in=HOLDING).select_related("union")
    membership = held.first()
    if membership is not None:
        known |= {"union.code": membership.union.code, "union.name": membership.union.name}
    return known
