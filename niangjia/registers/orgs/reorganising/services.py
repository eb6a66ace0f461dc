"""Plan a reorganisation, decide on it, carry it out on its day as a whole, and tell whom it touched."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app

from niangjia.kernel import clock
from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden, check
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.pages.pressing import Pressed, press
from niangjia.kernel.cases.rules import CLOCK
from niangjia.kernel.cases.services import NotMade, make, open_case
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.journal.services import record
from niangjia.kernel.messages.rules import ToOffice
from niangjia.kernel.messages.services import send
from niangjia.kernel.places.services import CannotStand, lock_tree
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.reorganising.carrying import CARRIED, Carried
from niangjia.registers.orgs.reorganising.models import Concerned, Reorganisation
from niangjia.registers.orgs.reorganising.parts import telling
from niangjia.registers.orgs.reorganising.queries import (
    Wish,
    deciding_place,
    due,
    faults_of,
    plannable,
    report_on,
    wish_of,
    with_unions,
)
from niangjia.registers.orgs.reorganising.rules.plans import Operation, Part
from niangjia.registers.orgs.reorganising.rules.workflow import (
    APPROVE,
    APPROVED,
    CARRY_OUT,
    PLANNERS,
    REORGANISING,
    SUBMIT,
)
from niangjia.registers.orgs.rules.moves import REORGANISE
from niangjia.registers.orgs.services import UnionRefused

RUN, QUEUE = "reorganising.carry_out", "cases"
CHUNK = 500
DECIDERS = frozenset(role.value for role in PLANNERS)


class NotPlanned(Exception):
    """What is wrong with a plan, by field; nothing was written."""

    def __init__(self, reasons: Mapping[str, Reason]) -> None:
        super().__init__(", ".join(f"{field}: {reason.code}" for field, reason in reasons.items()))
        self.reasons = dict(reasons)


@transaction.atomic
def plan(wish: Wish, *, by: Actor, at: datetime) -> Reorganisation:
    """Write down a reorganisation (拟定调整): a case at the union above all that are concerned; nothing changes by it."""
    place = deciding_place(wish)
    reachable = plannable(by).filter(pk__in=[each.pk for each in (*wish.sources, *wish.goes)]).count()
    if place is None or reachable < len(wish.sources) + len(wish.goes):
        raise Forbidden("out_of_scope")
    check(by, REORGANISE, place.path)
    reasons = faults_of(wish, today=_day(at))
    if reasons:
        raise NotPlanned(reasons)
    case = open_case(REORGANISING, place=place, askers=[], by=by, at=at, handler=by.account_id)
    kept = Reorganisation.objects.create(
        case=case,
        city=place.city,
        operation=wish.operation.value,
        planned_on=wish.on,
        into=wish.into,
        name=wish.name,
        groups=list(wish.groups),
    )
    parts = [(each, Part.SOURCE) for each in wish.sources] + [(each, Part.GOES) for each in wish.goes]
    Concerned.objects.bulk_create(
        Concerned(city=place.city, reorganisation=kept, union=union, part=part.value) for union, part in parts
    )
    return kept


@transaction.atomic
def done(case_id: int, move: str, pressed: Pressed) -> Case:
    """Make a move that was pressed; what stands in the way is said before anybody decides, and again before it is decided."""
    if move not in (SUBMIT, APPROVE):
        return press(case_id, move, pressed)
    lock_tree()
    kept = with_unions(Reorganisation.objects.filter(pk=case_id)).first()
    if kept is None:
        raise Forbidden("out_of_scope")
    _refuse_what_is_in_the_way(kept, at=pressed.at, is_approving=move == APPROVE)
    case = press(case_id, move, pressed)
    if move == APPROVE:
        _approved(kept, pressed)
    else:
        send("reorganisation_asked", to=_office(case.place_id, but=pressed.by), about=kept.pk)
    return case


def carry_out_due(*, at: datetime) -> int:
    """Carry out what was approved and whose day has come (到日子自动办), each by itself; answers how many."""
    with beyond(Purpose.REORGANISING):
        waiting = due(_day(at))
    return sum(carry_out(each, at=at) for each in waiting)


def carry_out(case_id: int, *, at: datetime) -> bool:
    """Carry out one reorganisation (办理调整) as a whole, in one transaction: killed at any statement, nothing has happened.

    What stands in the way now holds it up: the union above is told once, and it is tried again.
    """
    try:
        with transaction.atomic(), beyond(Purpose.REORGANISING):
            return _carried_out(case_id, at=at)
    except CannotStand as refused:
        _hold_up(case_id, refused.reason)
    except NotMade as refused:
        _hold_up(case_id, refused.reason)
    except UnionRefused as refused:
        _hold_up(case_id, next(iter(refused.reasons.values())))
    return False


def tell_members(case_id: int) -> int:
    """Tell everybody whose membership went over, in chunks that remember how far they came; answers how many in all."""
    while True:
        with transaction.atomic(), beyond(Purpose.REORGANISING):
            kept = Reorganisation.objects.select_for_update().filter(pk=case_id).first()
            if kept is None or kept.carried_on is None or kept.told_at is not None:
                return kept.told if kept else 0
            _tell_some(kept)


@beyond(Purpose.REORGANISING)
def untold() -> list[int]:
    """What was carried out and not everybody told of."""
    return list(
        Reorganisation.objects.filter(carried_at__isnull=False, told_at=None)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def _carried_out(case_id: int, *, at: datetime) -> bool:
    lock_tree()
    rows = Reorganisation.objects.select_for_update(of=("self",)).select_related("case__place")
    kept = rows.filter(pk=case_id, carried_at=None, case__stage=APPROVED).first()
    if kept is None or kept.planned_on > _day(at):
        return False
    _refuse_what_is_in_the_way(kept, at=at, is_approving=True)
    # Approved after its day: it is done on the day on which it is done, for what was before stays as it was.
    on = max(kept.planned_on, _day(at))
    wish = wish_of(kept)
    carried = CARRIED[wish.operation](wish, on=on, at=at)
    kept.carried_on, kept.carried_at, kept.held_up = on, at, ""
    kept.made, kept.effects = carried.made, carried.counts
    kept.save(update_fields=["carried_on", "carried_at", "held_up", "made", "effects"])
    make(case_id, CARRY_OUT, by=CLOCK, at=at)
    _write_down(kept, wish, carried)
    send("reorganisation_done", to=_office(kept.case.place_id), facts={"day": on}, about=kept.pk)
    app.configure_task(RUN, queue=QUEUE).defer(case_id=case_id)
    return True


def _approved(kept: Reorganisation, pressed: Pressed) -> None:
    document = str(pressed.answers.get("document") or "").strip()
    if not document:
        raise NotMade(Reason("document_missing", _DOCUMENT_MISSING, {}))
    Reorganisation.objects.filter(pk=kept.pk).update(document=document)
    if kept.planned_on <= _day(pressed.at):
        app.configure_task(RUN, queue=QUEUE).defer(case_id=kept.pk)


def _refuse_what_is_in_the_way(kept: Reorganisation, *, at: datetime, is_approving: bool) -> None:
    """The rules of the plan, and what the registers say; a day that passed while it waited is no fault of the plan any more."""
    wish = wish_of(kept)
    today = min(kept.planned_on, _day(at)) if is_approving else _day(at)
    reasons = faults_of(wish, today=today, but=kept.pk)
    if reasons:
        raise NotMade(next(iter(reasons.values())))
    against = [effect for effect in report_on(wish) if effect.blocks]
    if against:
        raise NotMade(Reason("in_the_way", str(against[0].words), {}))


def _hold_up(case_id: int, reason: Reason) -> None:
    """Say once why it could not be carried out on its day."""
    with transaction.atomic(), beyond(Purpose.REORGANISING):
        rows = Reorganisation.objects.select_related("case").filter(pk=case_id, carried_at=None)
        kept = rows.exclude(held_up=reason.code).first()
        if kept is not None:
            Reorganisation.objects.filter(pk=case_id).update(held_up=reason.code)
            send("reorganisation_held_up", to=_office(kept.case.place_id), about=case_id)


def _write_down(kept: Reorganisation, wish: Wish, carried: Carried) -> None:
    """An entry at each union that was touched: what, by which document, from which day."""
    detail: dict[str, Any] = {
        "operation": kept.operation,
        "document": kept.document,
        "on": str(kept.carried_on),
        "case": kept.case.number,
        "counts": carried.counts,
    }
    touched = {each.pk: each for each in (*wish.sources, *wish.goes, wish.into, carried.made) if each is not None}
    for union in touched.values():
        place = (union.city, union.pk)
        record("reorganise", by=CLOCK, thing="union", thing_id=union.pk, place=place, detail=detail)


def _tell_some(kept: Reorganisation) -> None:
    tell, union = telling(), _taking(kept)
    if tell is not None and union is not None and kept.carried_on is not None:
        told = tell(union, kept.carried_on, kept.told_after, CHUNK)
        kept.told_after, kept.told = told.last, kept.told + told.number
        if not told.number:
            kept.told_at = clock.now()
    else:
        kept.told_at = clock.now()
    kept.save(update_fields=["told_after", "told", "told_at"])


def _taking(kept: Reorganisation) -> Union | None:
    """The union that has the members now; none where nobody's membership was touched."""
    wish = wish_of(kept)
    if wish.operation in (Operation.MERGE, Operation.SPLIT):
        return kept.made or wish.into
    if wish.operation is Operation.DISSOLVE:
        return Union.objects.filter(pk=wish.sources[0].place.parent_id).first()
    return None


def _office(place_id: int, but: Actor | None = None) -> ToOffice:
    return ToOffice(place_id, DECIDERS, but=but.account_id if but else None)


def _day(at: datetime) -> date:
    return at.astimezone(clock.PEOPLE_ZONE).date()


_DOCUMENT_MISSING = gettext_noop("没有批复文号，不能批准。写上文件上的文号。")
