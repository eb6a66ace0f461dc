"""Handings over as somebody meets them, whose side she is on, and who led a union before."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from niangjia.kernel.access.models import Account, Grant
from niangjia.kernel.access.queries import in_force, within
from niangjia.kernel.access.rules import GRANT_ROLE, Actor, Role
from niangjia.kernel.dated.queries import parameters
from niangjia.registers.cadres.handing.models import Handover, HandoverItem
from niangjia.registers.cadres.handing.rules import (
    DAYS_PARAMETER,
    HAND_OVER_FOR,
    SEE_HANDOVERS,
    VACANCY_PARAMETER,
    Mark,
    Side,
)
from niangjia.registers.cadres.models import Cadre, Posting
from niangjia.registers.cadres.queries import SEATS_OF_HEADS, head_posting, head_seat, own_cadre
from niangjia.registers.cadres.rules.posts import HEADS
from niangjia.registers.committees.models import Seat
from niangjia.registers.committees.queries import stands_above
from niangjia.registers.committees.rules.bodies import BodyKind
from niangjia.registers.orgs.queries import region_of

OPEN = Q(given_at=None) | Q(taken_at=None)
NAMED = (
    "union__place", "outgoing__person", "outgoing__account", "incoming__person", "incoming__account", "given_by", "taken_by",
)  # fmt: skip


@dataclass(frozen=True)
class Left:
    """Who led a union last, and until when."""

    cadre_id: int
    left_on: date


def visible_to(actor: Actor) -> QuerySet[Handover]:
    """Handings over at the actor's unions, and those that are between her and somebody."""
    mine = own_cadre(actor)
    hers = Q(outgoing=mine) | Q(incoming=mine) if mine is not None else Q(pk__in=[])
    there = within(actor.paths(SEE_HANDOVERS), field="union__place__path")
    return Handover.objects.filter(hers | there).select_related(*NAMED)


def side_of(actor: Actor, handover: Handover) -> Side | None:
    """On which side the actor herself is."""
    mine = own_cadre(actor)
    if mine is None:
        return None
    sides = {handover.outgoing_id: Side.OUTGOING, handover.incoming_id: Side.INCOMING}
    return sides.get(mine.pk)


def may_stand_in(actor: Actor, handover: Handover) -> bool:
    """Whether the actor works above the union, and may do it for somebody who cannot."""
    return stands_above(actor, handover.union.place, move=HAND_OVER_FOR)


def head_now(union_id: int) -> int | None:
    """Whose file it is that leads a union now."""
    seat = head_seat(union_id)
    if seat is not None:
        return Cadre.objects.filter(person=seat.person_id).values_list("pk", flat=True).first()
    posting = head_posting(union_id)
    return posting.cadre_id if posting is not None else None


def head_before(union_id: int) -> Left | None:
    """Who led a union last before now."""
    seats = Seat.objects.filter(union=union_id, until__isnull=False, post__in=SEATS_OF_HEADS)
    seat = seats.filter(body__kind=BodyKind.COMMITTEE.value).order_by("-until", "-pk").first()
    posts = Posting.objects.filter(union=union_id, until__isnull=False, post__in=[post.value for post in HEADS])
    posting = posts.order_by("-until", "-pk").first()
    found = []
    if seat is not None and seat.until is not None:
        cadre = Cadre.objects.filter(person=seat.person_id).values_list("pk", flat=True).first()
        found += [Left(cadre, seat.until)] if cadre is not None else []
    if posting is not None and posting.until is not None:
        found.append(Left(posting.cadre_id, posting.until))
    return max(found, key=lambda left: left.left_on, default=None)


def days_for(union_id: int, *, on: date) -> tuple[timedelta, timedelta]:
    """How long handing over may take there, and how long a chair may be vacant."""
    local = parameters((DAYS_PARAMETER, VACANCY_PARAMETER), region=region_of(union_id), on=on)
    return timedelta(days=local[DAYS_PARAMETER].number), timedelta(days=local[VACANCY_PARAMETER].number)


def account_of(cadre: Cadre | None) -> Account | None:
    """The account with which a cadre works."""
    if cadre is None:
        return None
    if cadre.account_id is not None:
        return cadre.account
    return Account.objects.filter(subject=cadre.person_id).first() if cadre.person_id is not None else None


def old_rights(handover: Handover, *, on: date) -> QuerySet[Grant]:
    """The rights of work that the chair who left still holds at the union."""
    rows = Grant.objects.filter(in_force(on), account=handover.outgoing_account_id, place=handover.union_id)
    return rows.exclude(role=Role.WORKER.value).order_by("pk")


def rights_to_end(actor: Actor, *, on: date) -> QuerySet[Handover]:
    """Where all is handed over and the chair who left still has rights, for who takes rights back."""
    still = Grant.objects.filter(in_force(on), account=OuterRef("outgoing_account"), place=OuterRef("union"))
    rows = Handover.objects.filter(within(actor.paths(GRANT_ROLE), field="union__place__path"))
    rows = rows.filter(Exists(still.exclude(role=Role.WORKER.value)), given_at__isnull=False, taken_at__isnull=False)
    return rows.select_related("union", "outgoing_account").order_by("taken_at", "pk")


def still_missing(handover: Handover) -> QuerySet[HandoverItem]:
    """What either side found missing and has not come yet."""
    missing = Q(given=Mark.MISSING.value) | Q(taken=Mark.MISSING.value)
    return HandoverItem.objects.filter(missing, handover=handover, settled_on=None).order_by("pk")
