"""Check a card: one code, or those a checker took while it had no line; each is written down for who was checked."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from niangjia.kernel import clock
from niangjia.kernel.access.acting import Purpose, beyond, name_of
from niangjia.kernel.access.rules import Actor, Right, Role
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.places.models import Place
from niangjia.kernel.sealed import blind
from niangjia.registers.cards.models import CardCheck
from niangjia.registers.cards.queries import to_be_checked
from niangjia.registers.cards.rules.checking import (
    LATEST_SYNC,
    MOST_UNKNOWN,
    UNKNOWN_WITHIN,
    CardFacts,
    CheckPurpose,
    Verdict,
    decided,
    name_told,
    stands,
)
from niangjia.registers.cards.rules.moves import CHECK_CARDS
from niangjia.registers.cards.rules.sealed_columns import TYPED
from niangjia.registers.cards.rules.tokens import Code, Kind, is_signed, read_code
from niangjia.registers.cards.rules.typed import meant_by_typed, read_typed
from niangjia.registers.cards.signing import keys_that_count

WRITE = """
INSERT INTO cards_cardcheck (city, card_id, person_id, place_id, account_id, checker, author, purpose, kind, verdict, at, taken_in_at, spent, sync_key)
VALUES (%(city)s, %(card)s, %(person)s, %(place)s, %(account)s, %(checker)s, %(author)s, %(purpose)s, %(kind)s, %(verdict)s, %(at)s,
  %(now)s, %(spent)s, %(sync_key)s)
ON CONFLICT (spent) WHERE spent IS NOT NULL DO NOTHING
"""


class CheckRefused(Exception):
    """Nothing was checked; `reason` says why and what next."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


@dataclass(frozen=True)
class Checked:
    """What a checker is told: what it came to, whether to look at the person, and no more of her than the purpose needs."""

    verdict: Verdict
    kind: str
    at: datetime
    name: str = ""
    # As the card stands now: another answer than at the time where something changed meanwhile.
    now: Verdict | None = None

    @property
    def look(self) -> bool:
        """A printed code does not change: whoever holds it may have found it."""
        return self.kind == Kind.PRINTED and self.verdict is Verdict.VALID


@dataclass(frozen=True)
class Taken:
    """A check that was taken without a line (离线验卡), with the checker's own key for it."""

    key: UUID
    code: str
    purpose: CheckPurpose
    at: datetime


@dataclass(frozen=True)
class Counter:
    """Who checks: as the database names her, for which place, and what wrong codes she has had lately."""

    by: Actor
    right: Right
    city: str
    keys: dict[int, bytes] = field(repr=False)

    @property
    def name(self) -> str:
        """As the database names her, without which side she is on."""
        return name_of(self.by)


@transaction.atomic
def check_card(written: str, *, purpose: CheckPurpose, by: Actor) -> Checked:
    """Check a card now (验卡): the code her phone shows, the digits below it, or the code of a printed card."""
    at = clock.now()
    with beyond(Purpose.CARDS):
        counter = _counter(by)
        _check_patience(counter, at=at)
        code = _code(written, counter, at=at)
        return _settled(counter, code, purpose, at=at)


@transaction.atomic
def take_in(taken: Sequence[Taken], *, by: Actor) -> list[Checked]:
    """Take in checks that were made without a line (补传): each once, judged by its own time and by now.

    A card that was frozen before the check is told as such; one frozen since was good then, and `now` says what it is.
    """
    now = clock.now()
    with beyond(Purpose.CARDS):
        counter = _counter(by)
        return [_taken_in(counter, each, now=now) for each in taken]


def _taken_in(counter: Counter, one: Taken, *, now: datetime) -> Checked:
    known = CardCheck.objects.filter(checker=counter.name, sync_key=one.key).first()
    if known is not None:
        return _again(known)
    if not now - LATEST_SYNC <= one.at <= now:
        # Nobody can say any more, or yet, whether it was good: it stands in nobody's list.
        return Checked(Verdict.OVER, "", one.at)
    _check_patience(counter, at=now)
    # Digits are for a checker with a line: nobody else can know whether they are right.
    code = _signed_code(one.code, counter)
    return _settled(counter, code, one.purpose, at=one.at, sync_key=one.key)


def _settled(
    counter: Counter, code: Code | None, purpose: CheckPurpose, *, at: datetime, sync_key: UUID | None = None
) -> Checked:
    """Decide, write down, answer."""
    card = to_be_checked(code.number) if code else None
    is_far = sync_key is not None
    facts = _facts(card)
    verdict = decided(code, facts, at=at, is_far=is_far)
    # Of a code that proved nothing nobody is written down: a wrong guess must not stand in anybody's list.
    meant = card if verdict is not Verdict.UNKNOWN else None
    row = _row(counter, meant, purpose, at=at) | {"kind": code.kind.value if code else "", "sync_key": sync_key}
    if not _written(row | {"verdict": verdict.value, "spent": _spent(code) if verdict is Verdict.VALID else None}):
        verdict = Verdict.REPLAYED
        _written(row | {"verdict": verdict.value, "spent": None})
    now = stands(facts) if is_far else None
    name = name_told(card.name, purpose=purpose, verdict=verdict) if card else ""
    return Checked(verdict, row["kind"], at, name, now)


def _again(known: CardCheck) -> Checked:
    """A check that was taken in before: the same answer, and how the card stands now."""
    card = to_be_checked(known.card.number) if known.card else None
    verdict = Verdict(known.verdict)
    name = name_told(card.name, purpose=CheckPurpose(known.purpose), verdict=verdict) if card else ""
    return Checked(verdict, known.kind, known.at, name, stands(_facts(card)))


def _facts(card: Any) -> CardFacts | None:
    return CardFacts(card.state, card.changed_at, card.print_no, card.is_member) if card else None


def _counter(by: Actor) -> Counter:
    """Who checks, where; whoever may not check anything is answered as if there were no such page."""
    allowed = CHECK_CARDS.roles | {Role.OPERATOR}
    right = next((right for right in by.rights if right.role in allowed), None)
    if right is None:
        raise Forbidden("no_role")
    city = Place.objects.filter(pk=right.place_id).values_list("city", flat=True).first() or ""
    return Counter(by, right, city, keys_that_count())


def _check_patience(counter: Counter, *, at: datetime) -> None:
    """A counter that hands in wrong codes again and again is guessing: it waits."""
    wrong = CardCheck.objects.filter(
        checker=counter.name, verdict=Verdict.UNKNOWN.value, taken_in_at__gt=at - UNKNOWN_WITHIN
    )
    if len(wrong.values_list("pk")[:MOST_UNKNOWN]) >= MOST_UNKNOWN:
        minutes = str(int(UNKNOWN_WITHIN.total_seconds()) // 60)
        raise CheckRefused(Reason("too_many_unknown", _TOO_MANY, {"minutes": minutes}))


def _code(written: str, counter: Counter, *, at: datetime) -> Code | None:
    typed = read_typed(written)
    if typed is not None:
        return meant_by_typed(*typed, key=typed_key(typed[0]), at=at)
    return _signed_code(written, counter)


def typed_key(number: str) -> bytes:
    """What the six digits of a card are made from; nobody outside can know it."""
    return blind(TYPED, number)


def _signed_code(written: str, counter: Counter) -> Code | None:
    code = read_code(written)
    return code if code is not None and is_signed(code, keys=counter.keys) else None


def _spent(code: Code | None) -> bytes | None:
    """What a code of one minute leaves behind, so that it counts once; a printed one counts again."""
    if code is None or code.kind is Kind.PRINTED:
        return None
    said = code.body or f"{code.number} {code.turn}".encode()
    return sha256(said).digest()[:16]


def _row(counter: Counter, card: Any, purpose: CheckPurpose, *, at: datetime) -> dict[str, Any]:
    return {
        "city": card.city if card else counter.city,
        "card": card.pk if card else None,
        "person": card.person_id if card else None,
        "place": counter.right.place_id or None,
        "account": counter.by.account_id,
        "checker": counter.name,
        "author": counter.by.words[:160],
        "purpose": purpose.value,
        "at": at,
        "now": clock.now(),
    }


def _written(row: dict[str, Any]) -> bool:
    """Write a check down; False where its code was spent before."""
    with connection.cursor() as cursor:
        cursor.execute(WRITE, row)
        return cursor.rowcount == 1


_TOO_MANY = gettext_noop("错的码太多了，等 {minutes} 分钟再验。急着办的会员，请到别的窗口。")
