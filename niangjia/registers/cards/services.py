"""Issue a card, freeze it, set it free, replace a lost one; keep the number of a bank card beside it."""

import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from niangjia.kernel import clock
from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.journal.services import record
from niangjia.kernel.messages.rules import ToPerson
from niangjia.kernel.messages.services import send
from niangjia.kernel.sealed import seal
from niangjia.registers.cards.models import Card
from niangjia.registers.cards.queries import GOOD, holders, own_card
from niangjia.registers.cards.rules.bank import why_no_bank_card
from niangjia.registers.cards.rules.numbers import FIRST_DRAWN, PAST_DRAWN, card_number
from niangjia.registers.cards.rules.sealed_columns import SEALED_BANK
from niangjia.registers.cards.rules.states import FREEZE, REPLACE, UNFREEZE, CardMove, HeldBy, why_not_moved
from niangjia.registers.cards.signing import signer
from niangjia.registers.cards.transactions import locked
from niangjia.registers.members.models import Membership
from niangjia.registers.members.queries import FULL


class CardRefused(Exception):
    """Nothing was done with the card; `reason` says why and what next."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


@transaction.atomic
def take_card(*, by: Actor) -> Card:
    """A member takes her card (领卡); who has one already keeps it."""
    if by.subject_id is None:
        raise CardRefused(Reason("not_a_member", _NOT_A_MEMBER, {}))
    held = own_card(by)
    if held is not None:
        return held
    issued = _issued([by.subject_id], by=by)
    if not issued:
        raise CardRefused(Reason("not_a_member", _NOT_A_MEMBER, {}))
    return issued[0]


@transaction.atomic
def issue_cards(person_ids: Iterable[int], *, by: Actor) -> int:
    """Issue cards to members (发卡): of these, whoever the actor keeps and who has none."""
    kept = holders(by).filter(pk__in=list(person_ids)).values_list("pk", flat=True)
    return len(_issued(sorted(kept), by=by))


@transaction.atomic
def freeze(card_id: int, *, by: Actor, because: str = "") -> Card:
    """Stop a card for a while (停卡): its code is refused from this moment."""
    held, is_own = _held(card_id, by=by)
    _check(FREEZE, held, is_own=is_own, because=because)
    held.held_by = (HeldBy.SELF if is_own else HeldBy.UNION).value
    _moved(held, FREEZE, by=by, because="" if is_own else because.strip())
    if not is_own:
        send("card_frozen", to=ToPerson(held.person_id))
    return held


@transaction.atomic
def unfreeze(card_id: int, *, by: Actor) -> Card:
    """The card works again (恢复)."""
    held, is_own = _held(card_id, by=by)
    _check(UNFREEZE, held, is_own=is_own)
    held.held_by = HeldBy.NOBODY.value
    _moved(held, UNFREEZE, by=by)
    if not is_own:
        send("card_unfrozen", to=ToPerson(held.person_id))
    return held


@transaction.atomic
def replace(card_id: int, *, by: Actor, because: str = "") -> Card:
    """The card is lost (挂失换卡): its number is dead at once, and she has a new one."""
    held, is_own = _held(card_id, by=by)
    _check(REPLACE, held, is_own=is_own, because=because)
    held.held_by = HeldBy.NOBODY.value
    _moved(held, REPLACE, by=by, because="" if is_own else because.strip())
    issued = _issued([held.person_id], by=by)
    if not issued:
        raise CardRefused(Reason("not_a_member", _NOT_A_MEMBER, {}))
    if not is_own:
        send("card_replaced", to=ToPerson(held.person_id))
    return issued[0]


@transaction.atomic
def keep_bank_card(card_id: int, number: str, *, by: Actor) -> None:
    """Keep the number of a bank card beside the card, sealed; an empty one takes it away."""
    held, is_own = _held(card_id, by=by)
    written = "".join(number.split())
    reason = why_no_bank_card(written) if written else None
    if reason is not None:
        raise CardRefused(reason)
    held.bank_sealed = seal(written, aad=f"{SEALED_BANK}.{held.pk}") if written else None
    held.save(update_fields=["bank_sealed"])
    _record("keep_bank_card", held, by=by, detail={"own": is_own, "kept": bool(written)})


def _held(card_id: int, *, by: Actor) -> tuple[Card, bool]:
    """The card, held until it is settled, and whether it is the actor's own: hers on her side, a member's at the desk."""
    rows = Card.objects.select_for_update(of=("self",))
    own = rows.filter(pk=card_id, person_id=by.subject_id).first() if by.subject_id is not None else None
    if own is not None:
        return own, True
    person = Card.objects.filter(pk=card_id).values_list("person_id", flat=True).first()
    if person is None or not holders(by).filter(pk=person).exists():
        raise Forbidden("out_of_scope")
    return rows.get(pk=card_id), False


def _check(move: CardMove, held: Card, *, is_own: bool, because: str = "") -> None:
    reason = why_not_moved(move, state=held.state, held_by=held.held_by, by_herself=is_own, reason=because)
    if reason is not None:
        raise CardRefused(reason)


def _moved(held: Card, move: CardMove, *, by: Actor, because: str = "") -> None:
    held.state, held.changed_at, held.reason = move.after.value, clock.now(), because
    held.save(update_fields=["state", "held_by", "changed_at", "reason"])
    _record(move.name, held, by=by, detail={"own": held.person_id == by.subject_id})


def _issued(person_ids: Sequence[int], *, by: Actor) -> list[Card]:
    """New cards for those of these people who are full members and have none."""
    if not person_ids:
        return []
    locked("card-issue")
    with beyond(Purpose.CARDS):
        full = Membership.objects.filter(person__in=person_ids, period__upper_inf=True, state__in=FULL)
        places = {
            pk: (city, union) for pk, city, union in full.order_by("person").values_list("person", "city", "union")
        }
        have = set(Card.objects.filter(person__in=person_ids, state__in=GOOD).values_list("person", flat=True))
        wanted = [pk for pk in places if pk not in have]
        numbered = zip(wanted, _numbers(len(wanted)), strict=True)
        rows = [Card(person_id=pk, city=places[pk][0], number=number) for pk, number in numbered]
        made = Card.objects.bulk_create(rows)
    signer()
    for card in made:
        detail = {"own": card.person_id == by.subject_id}
        record("issue_card", by=by, thing="card", thing_id=card.pk, place=places[card.person_id], detail=detail)
    return made


def _numbers(many: int) -> list[str]:
    """So many numbers that no card ever had."""
    found: set[str] = set()
    while len(found) < many:
        more = range(many - len(found))
        drawn = {card_number(FIRST_DRAWN + secrets.randbelow(PAST_DRAWN - FIRST_DRAWN)) for _each in more}
        taken = set(Card.objects.filter(number__in=drawn).values_list("number", flat=True))
        found |= drawn - taken
    return sorted(found, key=lambda _number: secrets.randbits(32))


def _record(verb: str, card: Card, *, by: Actor, detail: dict[str, Any]) -> None:
    """Written down where she is a member now."""
    with beyond(Purpose.CARDS):
        union_id = (
            Membership.objects.filter(person_id=card.person_id, period__upper_inf=True, state__in=FULL)
            .values_list("union_id", flat=True)
            .first()
        )
    place = (card.city, union_id) if union_id is not None else None
    record(verb, by=by, thing="card", thing_id=card.pk, place=place, detail=detail)


_NOT_A_MEMBER = gettext_noop("会籍正常的会员才有会员卡。会籍停着或者不在了，请问问您的工会。")
