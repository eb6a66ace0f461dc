"""Which phone proposals somebody sees: her own, or those about members of her unions."""

from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from niangjia.kernel.access.queries import within
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.people.masks import masked_phone
from niangjia.kernel.sealed import unseal
from niangjia.kernel.worded import Worded
from niangjia.registers.members.models import Membership, Person, PhoneProposal
from niangjia.registers.members.queries import HOLDING
from niangjia.registers.members.rules.moves import EDIT_MEMBERS
from niangjia.registers.members.rules.sealed_columns import SEALED_PHONE
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.queries import MOST_TOPS
from niangjia.registers.orgs.rules.union_facts import name_spellings

OPEN = Q(settled_at=None)
STATES = {
    "open": OPEN,
    "taken_over": Q(taken_over=True),
    "kept": Q(taken_over=False),
    "withdrawn": Q(withdrawn_at__isnull=False),
}


def visible_to(actor: Actor) -> QuerySet[Any]:
    """Proposals that the actor's unions brought, or that are about their members; each with her name, and whether it `is_own`."""
    paths = actor.paths(EDIT_MEMBERS)
    if not paths:
        return PhoneProposal.objects.none()
    brought = within(paths, field="union__place__path")
    held = Membership.objects.filter(person=OuterRef("person_id"), period__upper_inf=True, state__in=HOLDING)
    here = Exists(held.filter(within(paths, field="union__place__path")))
    known = Person.objects.filter(pk=OuterRef("person_id"), erased_at=None).values("name")[:1]
    rows = PhoneProposal.objects.filter(brought | here).select_related("union", "intake")
    return rows.annotate(
        name=Coalesce(Subquery(known), Value("")),
        union_name=F("union__name"),
        is_own=Case(When(brought, then=Value(value=True)), default=Value(value=False)),
    )


def waiting_for_her(actor: Actor) -> QuerySet[PhoneProposal]:
    """What waits for the person herself, the oldest first."""
    if actor.subject_id is None:
        return PhoneProposal.objects.none()
    return _waiting_for(actor.subject_id)


def first_for_her(actor: Actor) -> PhoneProposal | None:
    """The oldest of what waits for the person herself."""
    return next(iter(FIRST(person=actor.subject_id)), None) if actor.subject_id is not None else None


def state_of(proposal: PhoneProposal) -> str:
    """How far a proposal has come: open, taken_over, kept, withdrawn."""
    if proposal.settled_at is None:
        return "open"
    return "withdrawn" if proposal.withdrawn_at else "taken_over" if proposal.taken_over else "kept"


def in_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    """Of these proposals, those in one state."""
    return rows.filter(STATES[state])


def under_union(rows: QuerySet[Any], reference: str) -> QuerySet[Any]:
    """Of these proposals, those of the unions at and below the one that a code or a whole name means."""
    tops = Union.objects.filter(Q(code=reference) | Q(name__in=name_spellings(reference)))
    paths = tuple(tops.values_list("place__path", flat=True)[:MOST_TOPS])
    return rows.filter(within(paths, field="union__place__path"))


def named(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Those about a person, or of a union, with these words in the name."""
    return rows.filter(Q(name__icontains=words) | Q(union_name__icontains=words))


def phone_in(proposal: PhoneProposal) -> str:
    """The whole phone that was brought, for a code to it; never for a page."""
    return unseal(bytes(proposal.phone_sealed), aad=f"{SEALED_PHONE}.{proposal.person_id}")


def shown_phone_in(proposal: PhoneProposal) -> str:
    """The phone that was brought, with its middle hidden."""
    return masked_phone(phone_in(proposal))


def _waiting_for(person: int) -> QuerySet[PhoneProposal]:
    own = PhoneProposal.objects.filter(OPEN, person_id=person, person__erased_at=None)
    return own.select_related("person").order_by("proposed_at", "pk")


FIRST = Worded(lambda person: _waiting_for(person)[:1], person=int)
