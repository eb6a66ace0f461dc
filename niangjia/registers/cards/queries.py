"""Which cards somebody sees, and what a check has to know of one."""

from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.places.queries import place_names
from niangjia.kernel.sealed import unseal
from niangjia.kernel.worded import Worded
from niangjia.registers.cards.models import Card, CardCheck, PrintBatch
from niangjia.registers.cards.rules.moves import KEEP_CARDS
from niangjia.registers.cards.rules.sealed_columns import SEALED_BANK
from niangjia.registers.cards.rules.states import LIVE, CardState
from niangjia.registers.members.models import Membership, Person
from niangjia.registers.members.queries import FULL, PersonRows, visible_to, with_latest

GOOD = sorted(state.value for state in LIVE)
SHOWN_CHECKS = 20
BATCHES = 20
NO_CARD, PRINTED = "none", "printed"
HERS = Worded(lambda person: Card.objects.filter(person_id=person, state__in=GOOD).order_by("-pk")[:1], person=int)
CHECKS_OF_HERS = Worded(
    lambda person: CardCheck.objects.filter(person_id=person).order_by("-at", "-pk")[:SHOWN_CHECKS], person=int
)


def own_card(actor: Actor) -> Card | None:
    """The good card of whoever asks; also one that is frozen."""
    return next(iter(HERS(person=actor.subject_id)), None) if actor.subject_id is not None else None


def own_checks(actor: Actor) -> list[CardCheck]:
    """Who checked her cards, the latest first."""
    return CHECKS_OF_HERS(person=actor.subject_id) if actor.subject_id is not None else []


def is_member(person_id: int) -> bool:
    """Whether somebody is a full member now (会籍正常); 保留会籍 has no benefits. Asked of the register each time."""
    return Membership.objects.filter(person_id=person_id, period__upper_inf=True, state__in=FULL).exists()


def holders(actor: Actor) -> PersonRows:
    """Members whom the actor keeps now, each with her latest membership and her card."""
    kept = visible_to(actor, move=KEEP_CARDS).having(period__upper_inf=True, state__in=FULL)
    cards = Card.objects.filter(person=OuterRef("pk"), state__in=GOOD)
    facts = JSONObject(number="number", state="state", print_no="print_no", held_by="held_by")
    rows: PersonRows = with_latest(kept).annotate(card=Subquery(cards.values(facts=facts)[:1]))
    return rows


def in_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    """Of these members, those whose card is so; or who have none."""
    cards = Card.objects.filter(person=OuterRef("pk"), state__in=GOOD)
    if state == NO_CARD:
        return rows.filter(~Exists(cards))
    narrowed = {PRINTED: Q(print_no__gt=0), **{each.value: Q(state=each.value) for each in CardState}}
    return rows.filter(Exists(cards.filter(narrowed[state])))


def good_cards(actor: Actor, person_ids: Any) -> QuerySet[Card]:
    """The good cards of these members, as far as the actor keeps them."""
    kept = visible_to(actor, move=KEEP_CARDS).having(period__upper_inf=True, state__in=FULL)
    return Card.objects.filter(person__in=kept.filter(pk__in=person_ids).values("pk"), state__in=GOOD)


def to_be_checked(number: str) -> Any:
    """A card with what a check asks of it, in one question; None where there is none."""
    full = Membership.objects.filter(person_id=OuterRef("person_id"), period__upper_inf=True, state__in=FULL)
    rows = Card.objects.filter(number=number).annotate(is_member=Exists(full), name=F("person__name"))
    return rows.first()


def batches(actor: Actor) -> QuerySet[PrintBatch]:
    """What was printed for the actor's own unions, the newest first."""
    from_own = Q(pk__in=[])
    for path in actor.paths(KEEP_CARDS):
        from_own |= Q(place__path__startswith=path)
    return PrintBatch.objects.filter(from_own).select_related("account").order_by("-printed_on", "-pk")


def printed_in(batch: PrintBatch, actor: Actor) -> list[tuple[Card, str, str]]:
    """The cards of a batch that are still good and the actor's to print, with name and union, in the order of names."""
    cards = {card.person_id: card for card in Card.objects.filter(batch=batch, state=CardState.IN_USE.value)}
    people = holders(actor).filter(pk__in=cards).order_by("name_sort", "pk")
    return [(cards[person.pk], person.name, person.shown_union or "") for person in people]


def bank_of(card: Card) -> str:
    """The whole number of the bank card that somebody wanted beside hers; never for a page."""
    return unseal(card.bank_sealed, aad=f"{SEALED_BANK}.{card.pk}") if card.bank_sealed else ""


def person_of(actor: Actor, person_id: int) -> Person | None:
    """A member whose card the actor keeps."""
    return holders(actor).filter(pk=person_id).first()


def told_batches(actor: Actor) -> list[dict[str, Any]]:
    """Batches with their union, who printed them, and how many of their cards are still good."""
    rows = list(batches(actor).annotate(good=Count("cards", filter=Q(cards__state=CardState.IN_USE.value)))[:BATCHES])
    names = place_names([batch.place_id for batch in rows])
    return [
        {
            "pk": batch.pk,
            "on": batch.printed_on,
            "union": names.get(batch.place_id, ""),
            "good": batch.good,
            "by": batch.account,
        }
        for batch in rows
    ]
