"""Which public notices hang, which the desk meets, and whether a case may go on."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery

from niangjia.kernel import clock
from niangjia.kernel.access.queries import within
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.cases.models import Case, Party, Step
from niangjia.kernel.cases.notices.models import Objection, Publication
from niangjia.kernel.cases.notices.rules import (
    ANSWER_OBJECTION,
    SEE_NOTICES,
    NoticeState,
    ObjectionState,
    is_public,
    state_of,
    why_not_clear,
)
from niangjia.kernel.chinese import Reason
from niangjia.kernel.sealed import blind, unseal

# What sealed words of objections are bound to, followed by the row; under which names receipts and addresses are indexed.
SAYS, ANSWER = "notices_objection.says_sealed", "notices_objection.answer_sealed"
RECEIPT, ADDRESS = "notices.receipt", "notices.address"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MOST_LISTED = 500


def hanging(*, on: date) -> QuerySet[Publication]:
    """What hangs in public on a day, the newest first: from its first day to the end of its last."""
    return Publication.objects.filter(begins_on__lte=on, ends_on__gte=on).order_by("-begins_on", "-id")


def hanging_at(place_id: int, *, on: date) -> QuerySet[Publication]:
    """What hangs at one place; no more than a page can hold."""
    return hanging(on=on).filter(hangings__place=place_id)[:MOST_LISTED]


def places_with_notices(*, on: date) -> dict[int, int]:
    """The places at which something hangs, with how many."""
    counted = hanging(on=on).order_by().values("hangings__place").annotate(number=Count("id"))
    return {row["hangings__place"]: row["number"] for row in counted if row["hangings__place"] is not None}


def is_hanging(publication: Publication, *, on: date) -> bool:
    """Whether a notice can be read by everybody on a day."""
    return is_public(begins_on=publication.begins_on, ends_on=publication.ends_on, on=on)


def visible_to(actor: Actor) -> QuerySet[Any]:
    """Notices of the actor's places, each with how many objections are open, upheld, and made; none about herself."""
    paths = actor.paths(SEE_NOTICES)
    if not paths:
        return Publication.objects.none()
    rows = Publication.objects.filter(within(paths, field="place__path")).select_related("place")
    if actor.subject_id is not None:
        rows = rows.exclude(case__in=Party.objects.filter(subject=actor.subject_id).values("case"))
    # A case may have gone on to where the actor does not meet it; its notice stays with who put it up.
    number = Case.objects.filter(pk=OuterRef("case")).values("number")
    return rows.annotate(
        case_number=Subquery(number),
        objections_open=_number(state=ObjectionState.OPEN),
        objections_upheld=_number(state=ObjectionState.UPHELD),
        objections_made=_number(),
    )


def objections_for(actor: Actor) -> QuerySet[Objection]:
    """Objections that the actor may read and answer: at her places, and none against what is about herself."""
    rows = Objection.objects.filter(within(actor.paths(ANSWER_OBJECTION), field="place__path"))
    if actor.subject_id is not None:
        rows = rows.exclude(concerned=actor.subject_id)
    return rows.select_related("publication", "place")


def open_for(actor: Actor) -> QuerySet[Objection]:
    """Objections that wait for this actor: open, and not against what she put up or brought there herself."""
    rows = objections_for(actor).filter(state=ObjectionState.OPEN)
    if actor.account_id is not None:
        brought = Case.objects.filter(pk=OuterRef("publication__case"), maker=actor.account_id)
        rows = rows.exclude(published_by=actor.account_id).exclude(Exists(brought))
    return rows


def state(publication: Any, *, on: date) -> NoticeState:
    """How a notice of the desk stands on a day."""
    return state_of(
        ends_on=publication.ends_on,
        open_objections=publication.objections_open,
        upheld=publication.objections_upheld,
        on=on,
    )


def in_state(rows: QuerySet[Any], wanted: str) -> QuerySet[Any]:
    """Of these notices, those in one state today."""
    on = clock.today()
    return rows.filter(
        {
            NoticeState.STOPPED: Q(objections_upheld__gt=0),
            NoticeState.RUNNING: Q(objections_upheld=0, ends_on__gte=on),
            NoticeState.WAITING: Q(objections_upheld=0, ends_on__lt=on, objections_open__gt=0),
            NoticeState.CLEAR: Q(objections_upheld=0, ends_on__lt=on, objections_open=0),
        }[NoticeState(wanted)]
    )


def says_of(objection: Objection) -> str:
    """What somebody objected, in her words."""
    return unseal(bytes(objection.says_sealed), aad=f"{SAYS}.{objection.pk}") if objection.says_sealed else ""


def answer_of(objection: Objection) -> str:
    """What was answered to it."""
    return unseal(bytes(objection.answer_sealed), aad=f"{ANSWER}.{objection.pk}") if objection.answer_sealed else ""


@beyond(Purpose.OBJECTION)
def with_receipt(receipt: str) -> Objection | None:
    """The objection of a receipt, for whoever holds it, signed in or not."""
    if not receipt:
        return None
    return Objection.objects.select_related("publication").filter(receipt_blind=blind(RECEIPT, receipt)).first()


def own_objections(actor: Actor) -> QuerySet[Objection]:
    """What somebody objected while she was signed in."""
    return Objection.objects.filter(account_id=actor.account_id or 0).select_related("publication").order_by("-id")


def made_before(publication_id: int, *, address: bytes | None, account_id: int | None, at: datetime) -> dict[str, int]:
    """How many objections came from an address within an hour, with an account within a day, and to a notice; asked `beyond`."""
    lately = Objection.objects.filter(made_at__gt=at - HOUR)
    return {
        "here": lately.filter(address_blind=address).count() if address else 0,
        "own": Objection.objects.filter(account_id=account_id, made_at__gt=at - DAY).count() if account_id else 0,
        "on_notice": Objection.objects.filter(publication=publication_id, state=ObjectionState.OPEN).count(),
    }


def is_over(case_id: int) -> bool:
    """Whether the public notice of a case has run its days without an objection that stands (`NIANGJIA_CASE_NOTICE`)."""
    return case_id in is_clear([case_id])


def is_clear(case_ids: Iterable[int]) -> frozenset[int]:
    """Of these cases, those whose notices are over and whose objections are all answered and none upheld.

    Asked of all objections, not of those that the one who asks may read: a wall that hid one would let the case go on.
    """
    return frozenset(case for case, reason in _held(case_ids).items() if reason is None)


def why_not_go_on(case_id: int) -> Reason | None:
    """None where a case may go on after its notice; else what it waits for, in a sentence."""
    return _held([case_id])[case_id]


@beyond(Purpose.OBJECTION)
def _held(case_ids: Iterable[int]) -> dict[int, Reason | None]:
    """What each case waits for: of notices put up since it came to the stage at which it is; older ones are another round's."""
    wanted, on = list(case_ids), clock.today()
    came = Step.objects.filter(case=OuterRef("case"), to=OuterRef("case__stage")).exclude(stage=F("to")).order_by()
    rows = Publication.objects.filter(case__in=wanted).annotate(
        objections_open=_number(state=ObjectionState.OPEN),
        objections_upheld=_number(state=ObjectionState.UPHELD),
        came_at=Subquery(came.values("case").annotate(at=Max("at")).values("at")),
    )
    states: dict[int, list[NoticeState]] = defaultdict(list)
    for row in rows:
        if row.came_at is None or row.published_at >= row.came_at:
            states[row.case_id].append(state(row, on=on))
    return {case: why_not_clear(states[case]) for case in wanted}


@beyond(Purpose.OBJECTION)
def maker_of(case_id: int) -> int | None:
    """Who brought a case to the stage at which it is, also where the one who asks does not meet it."""
    return Case.objects.filter(pk=case_id).values_list("maker_id", flat=True).first()


def whom_it_concerns(case: Case) -> int | None:
    """The bare number of the person whose case it is; the first where there are several. Asked `beyond` or at the desk."""
    return Party.objects.filter(case=case).order_by("id").values_list("subject_id", flat=True).first()


def _number(**which: Any) -> Any:
    return Count(
        "objections", filter=Q(**{f"objections__{name}": value for name, value in which.items()}), distinct=True
    )
