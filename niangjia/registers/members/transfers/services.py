"""Answer a transfer: let the member go over, say no with a reason, or take the asking back."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from niangjia.kernel import clock
from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.journal.services import record
from niangjia.registers.members.models import Membership, TransferProposal
from niangjia.registers.members.queries import HOLDING
from niangjia.registers.members.rules import MembershipKind, MembershipState
from niangjia.registers.members.telling import tell_of_transfer
from niangjia.registers.members.transfers.queries import visible_to


class NotTransferred(Exception):
    """The transfer stays as it is; `reason` says why and what next."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


@transaction.atomic
def accept(transfer_id: int, *, by: Actor, on: date) -> TransferProposal:
    """Let the member go over (同意转会): her membership here ends with the day, the one there begins with it."""
    held, present = _to_settle(transfer_id, by=by)
    if held.to_union.place.closed_on is not None:
        raise NotTransferred(Reason("union_closed", _UNION_CLOSED, {"name": held.to_union.name}))
    if present.period.lower >= on:
        raise NotTransferred(Reason("joined_today", _JOINED_TODAY, {}))
    _settle(held, present, by=by, agreed=True)
    with beyond(Purpose.TRANSFER):
        _go_over(held, present, on=on)
    _tell(held, present, by=by, verdict="agreed")
    return held


@transaction.atomic
def refuse(transfer_id: int, *, by: Actor, because: str) -> TransferProposal:
    """Keep the member (不同意转会), and say why to the union that asked."""
    held, present = _to_settle(transfer_id, by=by)
    if not because.strip():
        raise NotTransferred(Reason("reason_missing", _REASON_MISSING, {}))
    _settle(held, present, by=by, agreed=False, reason=because.strip())
    _tell(held, present, by=by, verdict="refused")
    return held


@transaction.atomic
def withdraw(transfer_id: int, *, by: Actor) -> TransferProposal:
    """The asking union does not want her any more (撤回转会提议)."""
    held = _held(transfer_id, by=by, end="is_in")
    held.withdrawn_at = clock.now()
    held.save(update_fields=["withdrawn_at"])
    place = (held.city, held.to_union_id)
    record(
        "settle_transfer", by=by, thing="person", thing_id=held.person_id, place=place, detail={"verdict": "withdrawn"}
    )
    return held


@transaction.atomic
def accept_many(keys: Iterable[int], _value: str, *, by: Actor) -> int:
    """Let many members go over at once; what is settled meanwhile, or may not be settled by this person, stays."""
    done = 0
    for key in sorted(keys):
        try:
            with transaction.atomic():
                accept(key, by=by, on=clock.today())
        except (NotTransferred, Forbidden):
            continue
        done += 1
    return done


def _to_settle(transfer_id: int, *, by: Actor) -> tuple[TransferProposal, Membership]:
    """The transfer and the membership it would end; nobody answers what she asked herself."""
    held = _held(transfer_id, by=by, end="is_out")
    if by.account_id is not None and held.proposed_by_id == by.account_id:
        raise NotTransferred(Reason("own_asking", _OWN_ASKING, {}))
    present = Membership.objects.select_related("union__place").get(
        person=held.person_id, period__upper_inf=True, state__in=HOLDING
    )
    return held, present


def _held(transfer_id: int, *, by: Actor, end: str) -> TransferProposal:
    found = visible_to(by).filter(pk=transfer_id, **{end: True}).values_list("pk", flat=True).first()
    if found is None:
        raise Forbidden("out_of_scope")
    rows = TransferProposal.objects.select_for_update(of=("self",)).select_related("to_union__place")
    held = rows.get(pk=found)
    if held.settled_at is not None or held.withdrawn_at is not None:
        raise NotTransferred(Reason("settled_already", _SETTLED_ALREADY, {}))
    return held


def _settle(held: TransferProposal, present: Membership, *, by: Actor, agreed: bool, reason: str = "") -> None:
    held.agreed, held.reason, held.from_union = agreed, reason, present.union
    held.settled_at, held.settled_by_id = clock.now(), by.account_id
    held.save(update_fields=["agreed", "reason", "from_union", "settled_at", "settled_by"])


def _go_over(held: TransferProposal, present: Membership, *, on: date) -> None:
    """One membership ends where the next begins, so that the database never sees two."""
    ended = DateRange(present.period.lower, on)
    Membership.objects.filter(pk=present.pk).update(state=MembershipState.TRANSFERRED.value, period=ended)
    Membership.objects.create(
        city=held.to_union.city,
        person_id=held.person_id,
        union=held.to_union,
        kind=MembershipKind.TRANSFERRED.value,
        state=MembershipState.ACTIVE.value,
        period=DateRange(on, None),
        joined_on=present.joined_on,
        member_no=present.member_no,
    )


def _tell(held: TransferProposal, present: Membership, *, by: Actor, verdict: str) -> None:
    """Written down at both ends."""
    detail = {"verdict": verdict, "from": present.union.code, "to": held.to_union.code}
    ends = (("let_go", present.city, present.union_id), ("took_in", held.city, held.to_union_id))
    for end, city, place_id in ends:
        whole = detail | {"end": end}
        record("settle_transfer", by=by, thing="person", thing_id=held.person_id, place=(city, place_id), detail=whole)
    tell_of_transfer(held, present, but=by.account_id)


_SETTLED_ALREADY = gettext_noop("这件转会已经有结果了，请刷新看看。")
_OWN_ASKING = gettext_noop("这件转会是您提出的，要由另一位来答复：转出工会的主席，或者上级工会的别人。")
_UNION_CLOSED = gettext_noop("「{name}」已经撤销，不能再转进去。请让对方撤回。")
_JOINED_TODAY = gettext_noop("会籍是今天才开始的，明天再办转会。")
_REASON_MISSING = gettext_noop("请写明为什么不同意，对方工会和本人都会看到。")
