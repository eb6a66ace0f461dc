"""Hand a case on (交接): to a colleague at once, to other places when they accept; until then it stays where it is."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from niangjia.kernel import clock
from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.access.models import Account, Grant
from niangjia.kernel.access.queries import actor_of, in_force
from niangjia.kernel.access.rules import Actor, Move
from niangjia.kernel.access.services import Forbidden, check
from niangjia.kernel.cases.making import Act, held, keep, numbered, write
from niangjia.kernel.cases.models import Case, HandOver, HandOverKind, HandOverState, Holding, HoldingPart
from niangjia.kernel.cases.queries import flow_under, paths_of, standing_of
from niangjia.kernel.cases.refusals import refused
from niangjia.kernel.cases.rules import DESK_ROLES
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.rules import ids_of

HAND_ON = Move("hand_on_case", DESK_ROLES)


@dataclass(frozen=True)
class Offer:
    """How a case is handed on (怎么交): to which place, in which way, whether who asked may be known there."""

    kind: HandOverKind
    to_place: int
    knows_who: bool = False
    to_account: int | None = None


@transaction.atomic
def assign(case_id: int, to_account: int, *, act: Act, seen: int | None = None) -> Case:
    """Give a case into somebody's hands (分派) at the place that has it; it is hers at once."""
    with held(case_id, by=act.by, seen=seen) as case:
        check_desk(case, act.by)
        taker = Account.objects.filter(pk=to_account, is_active=True).first()
        if taker is None or not _may_work_on(case, actor_of(taker, on=act.at.date())):
            raise refused("no_right_there")
        if case.handler_id == to_account:
            raise refused("already_there")
        HandOver.objects.create(
            city=case.city,
            case=case,
            kind=HandOverKind.ASSIGN.value,
            state=HandOverState.ACCEPTED.value,
            from_place_id=case.place_id,
            to_place_id=case.place_id,
            to_account=taker,
            reason=act.reason,
            offered_at=act.at,
            offered_by_id=act.by.account_id,
            settled_at=act.at,
            settled_by_id=act.by.account_id,
        )
        in_hands(case, taker.pk)
        write(case, "assign", act, is_told=False)
        return case


@transaction.atomic
def offer(case_id: int, offered: Offer, *, act: Act, seen: int | None = None) -> HandOver:
    """Offer a case to another place (转办、交办、请协办): it may look at it without a name, and answers."""
    with held(case_id, by=act.by, seen=seen) as case:
        check_desk(case, act.by)
        if offered.to_place == case.place_id:
            raise refused("already_there")
        to = Place.objects.filter(pk=offered.to_place, closed_on=None).first()
        if to is None or not _somebody_works_at(to):
            raise refused("nobody_there")
        row = HandOver(
            city=case.city,
            case=case,
            kind=offered.kind.value,
            from_place_id=case.place_id,
            to_place=to,
            to_account_id=offered.to_account,
            knows_who=offered.knows_who,
            reason=act.reason,
            offered_at=act.at,
            offered_by_id=act.by.account_id,
        )
        try:
            with transaction.atomic():
                keep(numbered(row), act.says)
        except IntegrityError as already:
            raise refused("waits_for_other_side") from already
        with beyond(Purpose.CASES):
            _join(case, to, HoldingPart.WATCHES, act=act)
        write(case, "offer", Act(act.by, act.at, act.reason), is_told=False)
        return row


@transaction.atomic
def accept(hand_over_id: int, *, act: Act) -> Case:
    """Take what was offered (接收), by another than who offered it: from now on it is handled, or helped with, here."""
    row = _offered(hand_over_id, by=act.by)
    if row.offered_by_id is not None and row.offered_by_id == act.by.account_id:
        raise refused("own_offer")
    with held(row.case_id, by=act.by) as case:
        _settle(row, HandOverState.ACCEPTED, act=act)
        with beyond(Purpose.CASES):
            if row.kind == HandOverKind.HELP:
                _join(case, row.to_place, HoldingPart.HELPS, act=act, knows_who=row.knows_who)
            else:
                _goes_over(case, row, act=act)
            write(case, "accept", act)
        return case


@transaction.atomic
def take_up(case_id: int, taken: Offer, *, act: Act, seen: int | None = None) -> Case:
    """Take up a case from a place below (提级办理), with a reason: a hand-over that is settled at once; who had it looks on."""
    if not act.reason:
        raise refused("reason_missing")
    with held(case_id, by=act.by, seen=seen) as case:
        check_desk(case, act.by)
        to = Place.objects.get(pk=taken.to_place)
        check(act.by, HAND_ON, to.path)
        if to.pk == case.place_id or not case.place.path.startswith(to.path):
            raise refused("already_there")
        if HandOver.objects.filter(case=case, state=HandOverState.OFFERED.value).exists():
            raise refused("waits_for_other_side")
        row = HandOver.objects.create(
            city=case.city,
            case=case,
            kind=HandOverKind.REFER.value,
            state=HandOverState.ACCEPTED.value,
            from_place_id=case.place_id,
            to_place=to,
            knows_who=taken.knows_who,
            reason=act.reason,
            offered_at=act.at,
            offered_by_id=act.by.account_id,
            settled_at=act.at,
            settled_by_id=act.by.account_id,
        )
        with beyond(Purpose.CASES):
            write(case, "offer", act, is_told=False)
            _goes_over(case, row, act=act)
            write(case, "accept", Act(act.by, act.at))
        return case


@transaction.atomic
def decline(hand_over_id: int, *, act: Act) -> Case:
    """Say no to what was offered (不接), with a reason: it stays where it is."""
    if not act.reason and not act.says.strip():
        raise refused("reason_missing")
    row = _offered(hand_over_id, by=act.by)
    with held(row.case_id, by=act.by) as case:
        _settle(row, HandOverState.DECLINED, act=act)
        write(case, "decline", act, is_told=False)
        with beyond(Purpose.CASES):
            _leave(case, row.to_place_id, act=act, only=HoldingPart.WATCHES)
        return case


@transaction.atomic
def take_back(hand_over_id: int, *, act: Act) -> Case:
    """Take an offer back (收回) that nobody has answered yet."""
    row = _waiting(hand_over_id)
    with held(row.case_id, by=act.by) as case:
        check_desk(case, act.by)
        _settle(row, HandOverState.WITHDRAWN, act=act)
        write(case, "take_back", act, is_told=False)
        with beyond(Purpose.CASES):
            _leave(case, row.to_place_id, act=act, only=HoldingPart.WATCHES)
        return case


@transaction.atomic
def end_help(case_id: int, place_id: int, *, act: Act) -> Case:
    """A place that helped, or looked on, is done with it (结束协办)."""
    with held(case_id, by=act.by) as case:
        check_desk(case, act.by)
        if place_id == case.place_id:
            raise refused("already_there")
        write(case, "help_ends", act, is_told=False)
        with beyond(Purpose.CASES):
            _leave(case, place_id, act=act)
        return case


def check_desk(case: Case, by: Actor) -> None:
    """Who hands on works at the place that has it, or above, is not barred, and it is not her own."""
    check(by, HAND_ON, case.place.path)
    standing = standing_of(case)
    if by.account_id in standing.barred:
        raise Forbidden("barred")
    if by.subject_id is not None and by.subject_id in standing.askers | standing.concerned:
        raise refused("own_case")
    if case.joined_to_id is not None:
        raise refused("joined")
    if case.closed_at is not None:
        raise refused("closed")


def in_hands(case: Case, account_id: int | None) -> None:
    """Who has it in hand from now on, and so whom it waits for; not yet saved."""
    case.handler_id = account_id
    flow = flow_under(case)
    case.waits_for = flow.waits(flow.stage(case.stage), in_hand=account_id is not None).value


def _may_work_on(case: Case, taker: Actor) -> bool:
    standing = standing_of(case)
    kept_away = taker.account_id in standing.barred or (taker.subject_id or 0) in standing.askers | standing.concerned
    return not kept_away and any(case.place.path.startswith(path) for path in paths_of(taker))


def _somebody_works_at(to: Place) -> bool:
    """Whether somebody has a right to work there, or above; a case is never handed to an empty room."""
    roles = [role.value for role in DESK_ROLES]
    return Grant.objects.filter(
        in_force(clock.today()), place_id__in=ids_of(to.path), role__in=roles, account__is_active=True
    ).exists()


def _waiting(hand_over_id: int) -> HandOver:
    rows = HandOver.objects.select_related("to_place", "from_place").select_for_update(of=("self",))
    row = rows.filter(pk=hand_over_id).first()
    if row is None:
        raise Forbidden("out_of_scope")
    if row.state != HandOverState.OFFERED:
        raise refused("settled_already")
    return row


def _offered(hand_over_id: int, *, by: Actor) -> HandOver:
    """What was offered to where this actor works; to somebody by name, only she answers."""
    row = _waiting(hand_over_id)
    check(by, HAND_ON, row.to_place.path)
    if row.to_account_id is not None and row.to_account_id != by.account_id:
        raise refused("not_in_hand")
    return row


def _settle(row: HandOver, state: HandOverState, *, act: Act) -> None:
    row.state, row.settled_at, row.settled_by_id = state.value, act.at, act.by.account_id
    row.settled_reason = act.reason
    row.save(update_fields=["state", "settled_at", "settled_by", "settled_reason"])


def _goes_over(case: Case, row: HandOver, *, act: Act) -> None:
    """One place stops handling where the next begins; who referred it looks on, who transferred it is out."""
    former = Holding.objects.get(case=case, until=None, part=HoldingPart.HANDLES.value)
    _leave(case, former.place_id, act=act)
    _leave(case, row.to_place_id, act=act)
    _hold(case, row.to_place, HoldingPart.HANDLES, act=act, knows_who=row.knows_who)
    if row.kind == HandOverKind.REFER:
        _hold(case, former.place, HoldingPart.WATCHES, act=act, knows_who=former.knows_who)
    case.place = row.to_place
    in_hands(case, row.to_account_id)


def _join(case: Case, place: Place, part: HoldingPart, *, act: Act, knows_who: bool = False) -> None:
    """A place that has to do with it already keeps what it knows."""
    present = Holding.objects.filter(case=case, place=place, until=None).first()
    if present is not None and part is HoldingPart.WATCHES:
        return
    if present is not None:
        _leave(case, place.pk, act=act)
    _hold(case, place, part, act=act, knows_who=knows_who or (present is not None and present.knows_who))


def _hold(case: Case, place: Place, part: HoldingPart, *, act: Act, knows_who: bool) -> None:
    Holding.objects.create(city=case.city, case=case, place=place, part=part.value, knows_who=knows_who, since=act.at)


def _leave(case: Case, place_id: int, *, act: Act, only: HoldingPart | None = None) -> None:
    rows = Holding.objects.filter(case=case, place_id=place_id, until=None)
    if only is not None:
        rows = rows.filter(part=only.value)
    rows.update(until=act.at)


__all__ = ["Offer", "accept", "assign", "decline", "end_help", "offer", "take_back", "take_up"]
