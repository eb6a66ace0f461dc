"""Certificates as they stand against what is so today; and which of them want something done."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from niangjia.kernel import clock
from niangjia.kernel.access.queries import within
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.rules import Level
from niangjia.registers.committees.models import Seat, Term
from niangjia.registers.committees.queries import present_term
from niangjia.registers.committees.rules.bodies import BodyKind, Post
from niangjia.registers.founding.legal.models import LegalPerson
from niangjia.registers.founding.legal.rules import (
    REGISTER_LEGAL,
    SEE_LEGAL,
    LegalState,
    Says,
    differing,
    due_on,
    state_of,
)
from niangjia.registers.orgs.models import Union

HEADS = (Post.CHAIR.value, Post.ORGANISER.value)


@dataclass(frozen=True)
class Standing:
    """How a certificate stands (法人资格情况): whether it holds, until when, what differs, by when that is registered."""

    legal: LegalPerson
    state: LegalState
    valid_to: date
    differs: tuple[str, ...]
    due_on: date | None


def visible_to(actor: Actor) -> QuerySet[LegalPerson]:
    """The certificates of unions in the actor's subtrees."""
    rows = LegalPerson.objects.filter(within(actor.paths(SEE_LEGAL), field="union__place__path"))
    return rows.select_related("union__place", "term", "representative")


def head_of(union_id: int) -> Seat | None:
    """Who leads a union now: its chair, or its organiser."""
    rows = Seat.objects.filter(union=union_id, until=None, body__kind=BodyKind.COMMITTEE.value, post__in=HEADS)
    return rows.filter(body__term__ended_on=None).select_related("person").order_by("-since", "pk").first()


def standing_of(legal: LegalPerson, *, on: date) -> Standing:
    """How a certificate stands on a day."""
    union, head, term = legal.union, head_of(legal.union_id), present_term(legal.union_id)
    certified = Says(legal.term_id, legal.name, legal.address, legal.representative_id)
    now = Says(term.pk if term else None, union.name, union.address, head.person_id if head else None)
    valid_to = min(legal.term.last_on, legal.term.ended_on or legal.term.last_on)
    state = state_of(certified, now, term_last_on=valid_to, is_cancelled=legal.cancelled_on is not None, on=on)
    if _is_gone(legal, on=on):
        state = LegalState.ENDED
    differs = differing(certified, now) if state not in (LegalState.CANCELLED, LegalState.ENDED) else ()
    return Standing(legal, state, valid_to, differs, _due(legal, state, differs, leads=(head, term)))


def wanting(actor: Actor, *, on: date) -> QuerySet[LegalPerson]:
    """Certificates that hold no more, say what is no longer so, or are of a union that is gone, where the actor registers them."""
    heads = Seat.objects.filter(
        union=OuterRef("union"),
        until=None,
        body__kind=BodyKind.COMMITTEE.value,
        post__in=HEADS,
        body__term__ended_on=None,
    )
    rows = LegalPerson.objects.filter(
        within(actor.paths(REGISTER_LEGAL), field="union__place__path"), cancelled_on=None
    )
    rows = rows.annotate(
        head=Subquery(heads.order_by("-since", "pk").values("person")[:1]),
        last=Coalesce("term__extended_to", "term__ends_on"),
    )
    over = Q(term__ended_on__isnull=False) | Q(last__lt=on) | Q(union__place__closed_on__lt=on)
    changed = ~Q(name=F("union__name")) | ~Q(address=F("union__address")) | ~Q(representative=F("head")) | Q(head=None)
    return rows.filter(over | changed).select_related("union__place", "term").order_by("last", "pk")


def registrars(actor: Actor, union: Union) -> bool:
    """Whether the actor registers this union: a 总工会 of the county or above, never the union itself (工会法第十五条)."""
    covering = [each for each in actor.paths(REGISTER_LEGAL) if union.place.path.startswith(each)]
    if "" in covering:
        return True
    above = Place.objects.filter(path__in=[each for each in covering if each != union.place.path])
    return any(Level(level).rank <= Level.COUNTY.rank for level in above.values_list("level", flat=True))


def _due(
    legal: LegalPerson, state: LegalState, differs: tuple[str, ...], *, leads: tuple[Seat | None, Term | None]
) -> date | None:
    """By when what differs is registered: thirty days from the first of the changes."""
    head, term = leads
    if state is LegalState.CANCELLED:
        return None
    if state is LegalState.ENDED and legal.union.place.closed_on is not None:
        return due_on(legal.union.place.closed_on)
    if state is LegalState.RUN_OUT:
        return due_on(term.begins_on) if term is not None and term.pk != legal.term_id else due_on(legal.term.last_on)
    since = [_changed_on(legal, part, head) for part in differs]
    return due_on(min(since)) if since else None


def _is_gone(legal: LegalPerson, *, on: date) -> bool:
    """Whether the union itself is there no more, and its certificate was not cancelled with it."""
    closed_on = legal.union.place.closed_on
    return legal.cancelled_on is None and closed_on is not None and closed_on < on


def _changed_on(legal: LegalPerson, part: str, head: Seat | None) -> date:
    """The day on which something became different from the certificate."""
    if part == "representative":
        return head.since if head is not None else legal.issued_on
    # What a change of the union left of the row before it: the last row that said the same as the certificate.
    rows = legal.union.events.filter(pgh_label="update", **{part: getattr(legal, part)})  # type: ignore[attr-defined]  # of the history
    last = rows.order_by("-pgh_created_at").values_list("pgh_created_at", flat=True).first()
    return last.astimezone(clock.PEOPLE_ZONE).date() if last else legal.issued_on
