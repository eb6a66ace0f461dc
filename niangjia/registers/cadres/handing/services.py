"""Open a handing over when a chair changes, tick its things, confirm either side, settle what was missing."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor, why_not
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.journal.services import Author, record
from niangjia.kernel.messages.rules import ToAccount, ToOffice
from niangjia.kernel.messages.services import send
from niangjia.registers.cadres.handing.models import Handover, HandoverItem
from niangjia.registers.cadres.handing.queries import (
    OPEN,
    Left,
    account_of,
    days_for,
    head_before,
    head_now,
    may_stand_in,
    side_of,
    visible_to,
)
from niangjia.registers.cadres.handing.rules import (
    HAND_OVER_FOR,
    KEEP_HANDOVERS,
    Mark,
    Marked,
    Side,
    Thing,
    is_long_ago,
    note_faults,
    why_not_confirmed,
    why_not_side,
)
from niangjia.registers.cadres.models import Cadre
from niangjia.registers.orgs.models import Union

FIELDS = {Side.OUTGOING: ("given", "given_note"), Side.INCOMING: ("taken", "taken_note")}


class HandoverRefused(Exception):
    """What is wrong, by field; nothing was changed."""

    def __init__(self, reasons: Mapping[str, Reason]) -> None:
        super().__init__(", ".join(f"{field}: {reason.code}" for field, reason in reasons.items()))
        self.reasons = dict(reasons)


@transaction.atomic
def chair_changed(union_id: int, *, by: Author, on: date) -> Handover | None:
    """A chair left, or another came (换了主席): the list is opened, or says who takes over; None where nothing changed."""
    with beyond(Purpose.CADRES):
        union = Union.objects.select_for_update(of=("self",)).select_related("place").get(pk=union_id)
        left, now = head_before(union.pk), head_now(union.pk)
        open_one = Handover.objects.filter(OPEN, union=union).first()
        if left is None or left.cadre_id == now or is_long_ago(left.left_on, on=on):
            _drop_if_came_back(open_one, now, by=by)
            return None
        known = {"outgoing": left.cadre_id, "left_on": left.left_on}
        if open_one is None:
            if Handover.objects.filter(union=union, **known).exists():
                return None
            return _open(union, left, now, by=by, on=on)
        if now is not None and open_one.incoming_id is None and open_one.outgoing_id != now:
            open_one.incoming_id = now
            open_one.save(update_fields=["incoming"])
            _tell(open_one, open_one.incoming)
            return open_one
        return None


@transaction.atomic
def mark_things(handover_id: int, side: Side, marked: Mapping[Thing, Marked], *, by: Actor) -> Handover:
    """Tick things for one side (勾交接清单); after its confirmation they stand."""
    handover = _held(handover_id, by=by)
    _check_side(handover, side, by=by)
    if handover.has_confirmed(side):
        raise HandoverRefused({"__all__": Reason("confirmed", _CONFIRMED, {})})
    faults = note_faults(marked)
    if faults:
        raise HandoverRefused(faults)
    mark, note = FIELDS[side]
    for item in HandoverItem.objects.select_for_update().filter(handover=handover).order_by("pk"):
        said = marked.get(Thing(item.thing))
        if said is not None:
            setattr(item, mark, said.mark.value)
            setattr(item, note, said.note.strip() if said.mark is Mark.MISSING else "")
            item.save(update_fields=[mark, note])
    return handover


@transaction.atomic
def confirm_side(handover_id: int, side: Side, *, by: Actor, because: str = "") -> Handover:
    """One side confirms that all is handed over (确认交接): by her own account, or the union above for her, with a reason."""
    handover = _held(handover_id, by=by)
    _check_side(handover, side, by=by)
    if handover.has_confirmed(side):
        return handover
    if side is Side.INCOMING and handover.incoming_id is None:
        raise HandoverRefused({"__all__": Reason("nobody_came", _NOBODY_CAME, {})})
    mark, _note = FIELDS[side]
    marks = {Thing(item.thing): Mark(getattr(item, mark)) for item in handover.items.all()}
    fault = why_not_confirmed(marks)
    is_oneself = side_of(by, handover) is side
    other = handover.taken_by_id if side is Side.OUTGOING else handover.given_by_id
    fault = fault or why_not_side(
        is_oneself=is_oneself,
        is_above=may_stand_in(by, handover),
        did_other=other is not None and other == by.account_id,
        because=because,
    )
    if fault is not None:
        raise HandoverRefused({"because" if fault.code == "no_reason" else "__all__": fault})
    _confirm(handover, side, by=by, because="" if is_oneself else because.strip())
    return handover


@transaction.atomic
def settle_missing(item_id: int, *, by: Actor, on: date) -> HandoverItem:
    """What was missing has come (补上了)."""
    item = HandoverItem.objects.select_for_update(of=("self",)).filter(pk=item_id, settled_on=None).first()
    handover = visible_to(by).filter(pk=item.handover_id).first() if item is not None else None
    if item is None or handover is None or not item.is_missing or not handover.is_done:
        raise Forbidden("out_of_scope")
    if why_not(by, KEEP_HANDOVERS, handover.union.place.path) is not None:
        raise Forbidden("out_of_scope")
    item.settled_on = on
    item.save(update_fields=["settled_on"])
    _record("settle_missing", handover, by=by, detail={"thing": item.thing})
    return item


def _open(union: Union, left: Left, now: int | None, *, by: Author, on: date) -> Handover:
    days, vacant = days_for(union.pk, on=on)
    outgoing = Cadre.objects.select_related("account").get(pk=left.cadre_id)
    handover = Handover.objects.create(
        city=union.city,
        union=union,
        outgoing=outgoing,
        incoming_id=now,
        outgoing_account=account_of(outgoing),
        left_on=left.left_on,
        opened_on=on,
        due_on=on + days,
    )
    HandoverItem.objects.bulk_create(
        HandoverItem(city=union.city, handover=handover, thing=thing.value) for thing in Thing
    )
    _record("open_handover", handover, by=by, detail={"left_on": str(left.left_on)})
    _tell(handover, outgoing)
    if now is None:
        _tell_vacant(union, left.left_on + vacant)
    else:
        _tell(handover, Cadre.objects.select_related("account").get(pk=now))
    return handover


def _drop_if_came_back(handover: Handover | None, now: int | None, *, by: Author) -> None:
    """Whoever left leads the union again before anybody else came: there is nothing to hand over."""
    if handover is not None and handover.incoming_id is None and handover.outgoing_id == now:
        _record("drop_handover", handover, by=by, detail={"left_on": str(handover.left_on)})
        handover.delete()


def _tell(handover: Handover, cadre: Cadre | None) -> None:
    account = account_of(cadre)
    if account is not None:
        facts = {"place": handover.union_id, "last": handover.due_on}
        send("handover_opened", to=ToAccount(account.pk), facts=facts, about=handover.pk)


def _tell_vacant(union: Union, last: date) -> None:
    """Those of the union itself, and those of the nearest union above, where these are others."""
    facts = {"place": union.pk, "last": last}
    send("chair_vacant", to=ToOffice(union.pk, frozenset(role.value for role in KEEP_HANDOVERS.roles)), facts=facts)
    if union.place.parent_id is not None:
        above = ToOffice(union.place.parent_id, frozenset(role.value for role in HAND_OVER_FOR.roles))
        send("chair_vacant", to=above, facts=facts)


def _held(handover_id: int, *, by: Actor) -> Handover:
    """The handing over where the actor meets it, held until it is settled."""
    found = visible_to(by).select_for_update(of=("self",)).filter(pk=handover_id).first()
    if found is None:
        raise Forbidden("out_of_scope")
    return found


def _check_side(handover: Handover, side: Side, *, by: Actor) -> None:
    if side_of(by, handover) is not side and not may_stand_in(by, handover):
        raise Forbidden("out_of_scope")


def _confirm(handover: Handover, side: Side, *, by: Actor, because: str) -> None:
    at, who, why = (
        ("given_at", "given_by_id", "given_because")
        if side is Side.OUTGOING
        else ("taken_at", "taken_by_id", "taken_because")
    )
    for name, value in ((at, clock.now()), (who, by.account_id), (why, because)):
        setattr(handover, name, value)
    handover.save(update_fields=[at, who.removesuffix("_id"), why])
    _record("confirm_handover", handover, by=by, detail={"side": side.value, "instead": bool(because)})


def _record(verb: str, handover: Handover, *, by: Author, detail: dict[str, object]) -> None:
    place = (handover.city, handover.union_id)
    record(verb, by=by, thing="handover", thing_id=handover.pk, place=place, detail=detail)


_CONFIRMED = gettext_noop("这一方已经确认了，不能再改。又找到缺的，请另一方写上。")
_NOBODY_CAME = gettext_noop("新主席还没有选出来，还没有人接。补选或者换届批复以后，清单自己写上是谁。")
