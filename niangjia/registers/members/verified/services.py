"""Write down that papers were seen, and take it back where it was a mistake; each with its journal entry."""

from datetime import date

from django.db import transaction

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.chinese import Reason
from niangjia.kernel.journal.services import record
from niangjia.registers.members.models import Person
from niangjia.registers.members.queries import editable_by, present_membership
from niangjia.registers.members.verified.models import PaperSeen
from niangjia.registers.members.verified.rules import Occasion, Paper, seen_fault


class NotSeen(Exception):
    """Nothing was written down; `reason` says why and what next."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


@transaction.atomic
def see_papers(person_id: int, paper: Paper, occasion: Occasion, *, by: Actor, seen_on: date) -> PaperSeen:
    """Write down that a member's papers were seen (看过证件) on a day, and what for."""
    person = _kept(person_id, by=by)
    fault = seen_fault(seen_on, on=clock.today())
    if fault is not None:
        raise NotSeen(fault)
    membership = present_membership(person)
    assert membership is not None  # noqa: S101 - whoever may be edited is a member now
    seen = PaperSeen.objects.create(
        city=membership.city,
        person=person,
        union=membership.union,
        paper=paper.value,
        occasion=occasion.value,
        seen_on=seen_on,
        seen_by_id=by.account_id,
    )
    _record("see_papers", seen, by=by, detail={"paper": paper.value, "occasion": occasion.value, "on": str(seen_on)})
    return seen


@transaction.atomic
def withdraw_papers(seen_id: int, *, by: Actor) -> PaperSeen:
    """It was a mistake: nobody saw these papers (撤回). The row stays, and counts no more."""
    found = PaperSeen.objects.filter(pk=seen_id, withdrawn_at=None).first()
    if found is None:
        raise Forbidden("out_of_scope")
    _kept(found.person_id, by=by)
    seen = PaperSeen.objects.select_for_update().get(pk=found.pk)
    seen.withdrawn_at, seen.withdrawn_by_id = clock.now(), by.account_id
    seen.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _record("withdraw_papers", seen, by=by, detail={"paper": seen.paper})
    return seen


def _kept(person_id: int, *, by: Actor) -> Person:
    person = editable_by(by).filter(pk=person_id).first()
    if person is None:
        raise Forbidden("out_of_scope")
    return person


def _record(verb: str, seen: PaperSeen, *, by: Actor, detail: dict[str, str]) -> None:
    place = (seen.city, seen.union_id)
    record(verb, by=by, thing="person", thing_id=seen.person_id, place=place, detail=detail)
