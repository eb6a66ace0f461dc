"""Answer a phone proposal: she takes the other phone over by a code to it, or keeps hers; the union takes it back."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from niangjia.kernel import clock
from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.access.phone_code.models import PhoneCode
from niangjia.kernel.access.phone_code.rules import Verdict
from niangjia.kernel.access.phone_code.services import ask_for_code, prove_phone
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.journal.services import record
from niangjia.kernel.messages import Wording
from niangjia.registers.members.models import Person, PhoneProposal
from niangjia.registers.members.phone_changes.queries import phone_in, visible_to, waiting_for_her
from niangjia.registers.members.queries import present_membership
from niangjia.registers.members.telling import tell_of_new_phone

CODE = Wording.NEW_PHONE_CODE


class NotAnswered(Exception):
    """The proposal stays as it is; `reason` says why and what next."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


@transaction.atomic
def ask_for_proof(proposal_id: int, *, by: Actor, address: str, is_shown: bool) -> PhoneCode | Reason:
    """Have a code sent to the phone that was brought (发验证码), or say why not."""
    held = _hers(proposal_id, by=by)
    return ask_for_code(phone_in(held), address=address, is_shown=is_shown, wording=CODE)


@transaction.atomic
def take_over(proposal_id: int, *, by: Actor, ref: UUID | None, spoken: str) -> Verdict:
    """The phone that was brought is hers now (换成新手机): only with the code that was sent there."""
    held = _hers(proposal_id, by=by)
    verdict = prove_phone(ref, spoken, phone=phone_in(held), wording=CODE)
    if verdict is Verdict.RIGHT:
        _settle(held, taken_over=True)
        with beyond(Purpose.OWN_DATA):
            Person.objects.filter(pk=held.person_id).update(
                phone_sealed=held.phone_sealed, phone_blind=held.phone_blind, phone_confirmed_at=held.settled_at
            )
        _record("answer_phone", held, by=by, verdict="taken_over")
        tell_of_new_phone(held.person_id)
    return verdict


@transaction.atomic
def keep(proposal_id: int, *, by: Actor) -> None:
    """The phone that was brought is not hers, or not any more (不换): the one she confirmed stays."""
    held = _hers(proposal_id, by=by)
    _settle(held, taken_over=False)
    _record("answer_phone", held, by=by, verdict="kept")


@transaction.atomic
def withdraw(proposal_id: int, *, by: Actor) -> None:
    """The union that brought it takes it back (撤回手机变更提议), as long as she has not answered."""
    if not visible_to(by).filter(pk=proposal_id, is_own=True).exists():
        raise Forbidden("out_of_scope")
    held = PhoneProposal.objects.select_for_update(of=("self",)).get(pk=proposal_id)
    if held.settled_at is not None:
        raise NotAnswered(Reason("settled_already", _SETTLED_ALREADY, {}))
    held.settled_at = held.withdrawn_at = clock.now()
    held.save(update_fields=["settled_at", "withdrawn_at"])
    _record("withdraw_phone", held, by=by, verdict="withdrawn")


@transaction.atomic
def withdraw_many(keys: Iterable[int], _value: str, *, by: Actor) -> int:
    """Take many back at once; what she answered meanwhile, or others brought, stays."""
    done = 0
    for key in sorted(keys):
        try:
            with transaction.atomic():
                withdraw(key, by=by)
        except (NotAnswered, Forbidden):
            continue
        done += 1
    return done


def _hers(proposal_id: int, *, by: Actor) -> PhoneProposal:
    """A proposal that waits for this person herself, held until it is answered."""
    held = waiting_for_her(by).select_for_update(of=("self",)).filter(pk=proposal_id).first()
    if held is None:
        raise NotAnswered(Reason("nothing_waits", _NOTHING_WAITS, {}))
    return held


def _settle(held: PhoneProposal, *, taken_over: bool) -> None:
    held.taken_over, held.settled_at = taken_over, clock.now()
    held.save(update_fields=["taken_over", "settled_at"])


def _record(verb: str, held: PhoneProposal, *, by: Actor, verdict: str) -> None:
    """Written down where she is a member now, else where it was brought."""
    with beyond(Purpose.OWN_DATA):
        present = present_membership(held.person)
    union_id = present.union_id if present and verb == "answer_phone" else held.union_id
    place = (held.city, union_id) if union_id is not None else None
    record(verb, by=by, thing="person", thing_id=held.person_id, place=place, detail={"verdict": verdict})


_SETTLED_ALREADY = gettext_noop("本人已经答复了，不能再撤回。请刷新看看。")
_NOTHING_WAITS = gettext_noop("这件事已经有结果了，或者工会撤回了，您不用再办。")
