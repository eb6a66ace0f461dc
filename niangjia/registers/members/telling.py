"""Tell members, and those who keep them, what became of transfers, phones and rosters."""

from collections.abc import Sequence

from django.db.models import Count

from niangjia.kernel.intake.models import Import, State
from niangjia.kernel.messages.rules import ToAccount, ToOffice, ToPerson
from niangjia.kernel.messages.services import send
from niangjia.registers.members.models import Membership, TransferProposal
from niangjia.registers.members.queries import HOLDING
from niangjia.registers.members.rules.moves import SETTLE_TRANSFER


def tell_of_asked_transfers(people: Sequence[int], *, to_union: int, but: int | None) -> None:
    """Each union that holds some of these people hears how many are asked for, and by whom; the asker does not learn where."""
    held = Membership.objects.filter(person__in=people, period__upper_inf=True, state__in=HOLDING)
    counted = held.values("union").annotate(number=Count("pk")).order_by("union").values_list("union", "number")
    for union_id, number in counted:
        facts = {"here": union_id, "there": to_union, "count": number}
        send("transfer_asked", to=ToOffice(union_id, SETTLE_TRANSFER.roles, but=but), facts=facts)


def tell_of_transfer(held: TransferProposal, present: Membership, *, but: int | None) -> None:
    """The answer is told to the union that asked, and to the member."""
    office = ToOffice(held.to_union_id, SETTLE_TRANSFER.roles, but=but)
    here_and_there = {"here": present.union_id, "there": held.to_union_id}
    key, own = ("transfer_agreed", "membership_moved") if held.agreed else ("transfer_refused", "membership_kept")
    send(key, to=office, facts={"there": held.to_union_id})
    send(own, to=ToPerson(held.person_id), facts=here_and_there)


def tell_of_silence(held: TransferProposal, present: Membership) -> None:
    """Nobody answered: told to the union above both ends, to either end, and to the member; the asker does not learn where she is."""
    ends = {"here": present.union_id, "there": held.to_union_id}
    above = {"above": held.umpire_id}
    roles = SETTLE_TRANSFER.roles
    send("transfer_went_up", to=ToOffice(held.umpire_id or 0, roles), facts=ends | {"last": held.answer_by})
    send("transfer_waits_above", to=ToOffice(present.union_id, roles), facts=above | {"there": held.to_union_id})
    send("transfer_asked_above", to=ToOffice(held.to_union_id, roles), facts={"there": held.to_union_id})
    send("membership_waits_above", to=ToPerson(held.person_id), facts=ends | above)


def tell_of_phones(people: Sequence[int]) -> None:
    """Somebody wrote another phone than the one they confirmed: told to the phone that still counts."""
    send("phone_differs", to=map(ToPerson, people))


def tell_of_new_phone(subject_id: int) -> None:
    """She took another phone over."""
    send("phone_changed", to=ToPerson(subject_id))


def tell_of_import(batch: Import) -> None:
    """Whoever brought a roster in hears what became of it; the operator sees it on her screen."""
    if batch.account_id is None:
        return
    counts = {"rows": batch.rows_in, "created": batch.created, "updated": batch.updated, "rejected": batch.rejected}
    is_done = batch.state == State.DONE
    key, facts = ("import_done", counts) if is_done else ("import_failed", None)
    send(key, to=ToAccount(batch.account_id), facts=facts, about=batch.pk)
