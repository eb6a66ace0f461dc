"""What nobody answered in time goes to the union above both ends (时限过了交共同上级): told and shown there, never decided by silence."""

from datetime import date

from django.db import transaction

from niangjia.kernel import clock
from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.journal.services import record
from niangjia.registers.members.answering import answer_by
from niangjia.registers.members.models import Membership, TransferProposal
from niangjia.registers.members.queries import HOLDING
from niangjia.registers.members.rules.transferring import umpire_of
from niangjia.registers.members.telling import tell_of_silence
from niangjia.registers.members.transfers.queries import OPEN

CHUNK = 500


@beyond(Purpose.TRANSFER)
def send_up(*, on: date) -> int:
    """Send up every transfer whose last day is over (交上级定); once each, however often it is asked for."""
    _name_days()
    raised, after = 0, 0
    while keys := _silent(on, after=after):
        raised += sum(_send_one_up(key, on=on) for key in keys)
        after = keys[-1]
    return raised


def _silent(on: date, *, after: int) -> list[int]:
    rows = TransferProposal.objects.filter(OPEN, went_up_at=None, answer_by__lt=on, pk__gt=after)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:CHUNK])


def _name_days() -> None:
    """Whoever was asked without a last day has one from the day she was asked on."""
    for held in TransferProposal.objects.filter(OPEN, answer_by=None).order_by("pk")[:CHUNK]:
        asked_on = held.proposed_at.astimezone(clock.PEOPLE_ZONE).date()
        TransferProposal.objects.filter(pk=held.pk).update(answer_by=answer_by(held.city, on=asked_on))


@transaction.atomic
def _send_one_up(key: int, *, on: date) -> bool:
    """The note and the messages are one transaction; whoever has left meanwhile goes nowhere any more."""
    rows = TransferProposal.objects.select_for_update(of=("self",), skip_locked=True).select_related("to_union__place")
    held = rows.filter(OPEN, pk=key, went_up_at=None).first()
    present = _held_by(held) if held is not None else None
    if held is None or present is None:
        return False
    umpire = umpire_of(present.union.place.path, held.to_union.place.path)
    if umpire is None:
        return False
    held.umpire_id, held.went_up_at, held.answer_by = umpire, clock.now(), answer_by(held.city, on=on)
    held.save(update_fields=["umpire", "went_up_at", "answer_by"])
    for city, place in ((present.city, present.union_id), (held.city, held.to_union_id)):
        record("raise_transfer", by=Actor.operator(), thing="person", thing_id=held.person_id, place=(city, place))
    tell_of_silence(held, present)
    return True


def _held_by(held: TransferProposal) -> Membership | None:
    rows = Membership.objects.filter(person=held.person_id, period__upper_inf=True, state__in=HOLDING)
    return rows.select_related("union__place").first()
