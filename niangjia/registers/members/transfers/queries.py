"""Which transfers somebody sees: those her unions ask for, and those that ask for her unions' members."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext as _

from niangjia.kernel import clock
from niangjia.kernel.access.queries import within
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.dated.queries import parameter
from niangjia.registers.members.models import Membership, Person, TransferProposal
from niangjia.registers.members.queries import HOLDING
from niangjia.registers.members.rules.moves import SETTLE_TRANSFER
from niangjia.registers.members.rules.transferring import ANSWER_PARAMETER

# As long as ten working days are at least.
ABOUT = timedelta(days=14)
OPEN = Q(settled_at=None, withdrawn_at=None)
STATES = {
    "open": OPEN,
    "above": OPEN & Q(went_up_at__isnull=False),
    "agreed": Q(agreed=True),
    "refused": Q(agreed=False),
    "withdrawn": Q(withdrawn_at__isnull=False),
}


def visible_to(actor: Actor) -> QuerySet[Any]:
    """Transfers into and out of the actor's subtrees, each with its facts.

    `name` as this end knows her; `leaves` the union she is in, where it is the actor's to know; `is_in`, `is_out` which end
    the actor stands at.
    """
    paths = actor.paths(SETTLE_TRANSFER)
    if not paths:
        return TransferProposal.objects.none()
    there = within(paths, field="to_union__place__path")
    here = Exists(_held(paths)) | within(paths, field="from_union__place__path") & Q(from_union__isnull=False)
    rows = TransferProposal.objects.filter(there | here).select_related(
        "to_union__place", "from_union", "settled_by", "umpire__place"
    )
    known = Person.objects.filter(pk=OuterRef("person_id"), erased_at=None).values("name")[:1]
    return rows.annotate(
        name=Coalesce(NullIf(F("name_written"), Value("")), Subquery(known)),
        leaves=Coalesce(F("from_union__name"), Subquery(_held(paths).values("union__name")[:1])),
        is_in=Case(When(there, then=Value(value=True)), default=Value(value=False)),
        is_out=Case(When(here, then=Value(value=True)), default=Value(value=False)),
    )


def waiting_for(actor: Actor) -> QuerySet[Any]:
    """Open transfers that this actor may answer: her unions hold the member, and somebody else asked."""
    rows = visible_to(actor).filter(OPEN, is_out=True)
    return rows.exclude(proposed_by_id=actor.account_id) if actor.account_id else rows


def sent_up_to(actor: Actor) -> QuerySet[Any]:
    """Of those that this actor may answer, what the other end left unanswered, and she or somebody beside her decides."""
    return waiting_for(actor).filter(within(actor.paths(SETTLE_TRANSFER), field="umpire__place__path"))


def of_person(subject_id: int) -> QuerySet[TransferProposal]:
    """What was asked of this person's own membership, the newest first; what was taken back is nobody's matter."""
    rows = TransferProposal.objects.filter(person=subject_id, withdrawn_at=None)
    return rows.select_related("to_union", "from_union", "umpire").order_by("-pk")


def last_day_of(transfer: TransferProposal) -> date:
    """The day by which the other end should answer; once it went up, the union above."""
    if transfer.answer_by is not None:
        return transfer.answer_by
    # Whoever was asked without a last day: the next morning's job names it exactly.
    return transfer.proposed_at.astimezone(clock.PEOPLE_ZONE).date() + ABOUT


def rule_of(transfer: TransferProposal) -> str:
    """How many working days there are, and by which rule."""
    told = parameter(ANSWER_PARAMETER, region=transfer.city, on=clock.today())
    source = _("本系统默认值") if told.is_default else told.source
    return _("{days} 个工作日内答复。{source}").format(days=told.number, source=source)


def state_of(transfer: TransferProposal) -> str:
    """How far a transfer has come: open, agreed, refused, withdrawn."""
    if transfer.withdrawn_at is not None:
        return "withdrawn"
    return "open" if transfer.agreed is None else "agreed" if transfer.agreed else "refused"


def in_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    """Of these transfers, those in one state."""
    return rows.filter(STATES[state])


def one_way(rows: QuerySet[Any], way: str) -> QuerySet[Any]:
    """Of these transfers, those into the actor's unions, or out of them."""
    return rows.filter(is_in=True) if way == "in" else rows.filter(is_out=True)


def named(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Those of a person or a union with these words in the name."""
    return rows.filter(Q(name__icontains=words) | Q(to_union__name__icontains=words))


def _held(paths: tuple[str, ...]) -> QuerySet[Membership]:
    held = Membership.objects.filter(person=OuterRef("person_id"), period__upper_inf=True, state__in=HOLDING)
    return held.filter(within(paths, field="union__place__path"))
