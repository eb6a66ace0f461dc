"""Cards of two unions of the county: most in use, some stopped, lost or printed; and where one of them was shown."""

from datetime import datetime, timedelta

from niangjia.demo.rules.accounts import HONGYUAN, SHUNTONG
from niangjia.demo.rules.chance import chance
from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.places.models import Place
from niangjia.registers.cards.models import Card, CardCheck, PrintBatch
from niangjia.registers.cards.rules.checking import CheckPurpose, Verdict
from niangjia.registers.cards.rules.numbers import FIRST_DRAWN, PAST_DRAWN, card_number
from niangjia.registers.cards.rules.states import CardState, HeldBy
from niangjia.registers.cards.rules.tokens import Kind
from niangjia.registers.cards.signing import signer
from niangjia.registers.members.models import Membership
from niangjia.registers.members.queries import FULL

ISSUED_AGO = timedelta(days=120)
REPORTED = gettext_noop("本人来电说手机丢了")
# Every so many-th is lost and replaced, stopped by herself, stopped by the union, printed, or has none yet.
LOST, STOPPED, HELD, PRINTED, NONE = 50, 40, 90, 9, 7
SHOWN = ((3, CheckPurpose.VENUE), (9, CheckPurpose.LIBRARY), (16, CheckPurpose.TILL))


def land_cards(county: Place, accounts: dict[str, Account], *, now: datetime) -> int:
    """Cards for members of two unions; answers how many."""
    signer()
    shown = {account.subject_id for account in accounts.values() if account.subject_id}
    held = Membership.objects.filter(
        union__name__in=(HONGYUAN, SHUNTONG), union__place__path__startswith=county.path, period__upper_inf=True, state__in=FULL
    ).order_by("person_id")  # fmt: skip
    rows = list(held.values_list("person_id", "city", "union_id", "union__name"))
    batches = _batches(rows, accounts["zhangjianguo"], now=now)
    cards = [
        card
        for place, row in enumerate(rows)
        for card in _cards(place, row, batches, is_plain=row[0] in shown, now=now)
    ]
    for card, drawn in zip(cards, _drawn(len(cards)), strict=True):
        card.number = card_number(drawn)
    Card.objects.bulk_create(cards)
    _show(county, accounts, now=now)
    return len(cards)


Row = tuple[int, str, int, str]


def _cards(place: int, row: Row, batches: dict[int, PrintBatch], *, is_plain: bool, now: datetime) -> list[Card]:
    """The cards of one member, a lost one first; whoever signs in herself has one that works."""
    person, city, union, _name = row
    card = Card(person_id=person, city=city, issued_at=now - ISSUED_AGO, changed_at=now - ISSUED_AGO)
    if is_plain:
        return [card]
    if place % NONE == 0:
        return []
    if place % LOST == 3:
        lost = Card(
            person_id=person, city=city, state=CardState.LOST.value, reason=REPORTED, issued_at=now - ISSUED_AGO,
            changed_at=now - timedelta(days=20),
        )  # fmt: skip
        card.issued_at = card.changed_at = now - timedelta(days=20)
        return [lost, card]
    if place % STOPPED == 5 or place % HELD == 0 + 11:
        card.state, card.changed_at = CardState.FROZEN.value, now - timedelta(days=place % 30)
        card.held_by = (HeldBy.UNION if place % HELD == 11 else HeldBy.SELF).value
        card.reason = REPORTED if card.held_by == HeldBy.UNION else ""
    elif place % PRINTED == 1 and union in batches:
        card.print_no, card.batch = 1, batches[union]
    return [card]


def _batches(rows: list[Row], chair: Account, *, now: datetime) -> dict[int, PrintBatch]:
    """What the chair of the mill printed last month."""
    mill = next(((city, union) for _person, city, union, name in rows if name == HONGYUAN), None)
    if mill is None:
        return {}
    printed_on = (now - timedelta(days=30)).astimezone(clock.PEOPLE_ZONE).date()
    batch = PrintBatch.objects.create(city=mill[0], place_id=mill[1], account=chair, printed_on=printed_on)
    return {mill[1]: batch}


def _drawn(many: int) -> list[int]:
    return chance("cards", many).sample(range(FIRST_DRAWN, PAST_DRAWN), many)


def _evening(now: datetime, days: int) -> datetime:
    """Half past six where the people are, so many days ago."""
    return (now.astimezone(clock.PEOPLE_ZONE) - timedelta(days=days)).replace(
        hour=18, minute=30, second=0, microsecond=0
    )


def _show(county: Place, accounts: dict[str, Account], *, now: datetime) -> None:
    """Where 刘秀英 showed her card."""
    officer, card = accounts["liuyang"], Card.objects.filter(person_id=accounts["liuxiuying"].subject_id).first()
    if card is None:
        return
    CardCheck.objects.bulk_create(
        CardCheck(
            city=card.city, card=card, person_id=card.person_id, place=county, account=officer, checker=str(officer.pk),
            author=f"officer@{county.pk} 安禾县总工会", purpose=purpose.value, kind=Kind.SHOWN.value,
            verdict=Verdict.VALID.value, at=at, taken_in_at=at,
        )
        for at, purpose in ((_evening(now, days), purpose) for days, purpose in SHOWN)
    )  # fmt: skip
