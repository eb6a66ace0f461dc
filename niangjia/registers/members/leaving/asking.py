"""A member asks to leave, and the union confirms it (退会); leaving is free, so nobody can say no."""

from django.db import transaction

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.opening import open_case
from niangjia.kernel.cases.pages.pressing import Pressed, press
from niangjia.kernel.cases.services import NotMade
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.registers.members.leaving.models import Leaving
from niangjia.registers.members.leaving.rules import workflow as table
from niangjia.registers.members.leaving.telling import tell_her, tell_keepers
from niangjia.registers.members.models import Membership
from niangjia.registers.members.queries import HOLDING
from niangjia.registers.members.rules import MembershipState
from niangjia.registers.members.turning import NotTurned, Turn, held_now, turn


def own_membership(by: Actor) -> Membership | None:
    """The membership that whoever acts has herself."""
    if by.subject_id is None:
        return None
    held = Membership.objects.filter(person=by.subject_id, period__upper_inf=True, state__in=HOLDING)
    return held.select_related("union__place").first()


def asked_already(by: Actor) -> Leaving | None:
    """What she asked and nobody has confirmed yet."""
    return Leaving.objects.filter(person=by.subject_id, settled_at=None).select_related("case").first()


@transaction.atomic
def ask_to_leave(*, by: Actor) -> Case:
    """Ask to leave one's union (要求退会); asked twice it is still one case."""
    held = own_membership(by)
    if held is None or by.subject_id is None:
        raise Forbidden("out_of_scope")
    known = asked_already(by)
    if known is not None:
        return known.case
    case = open_case(table.LEAVING, place=held.union.place, askers=[by.subject_id], by=by, at=clock.now())
    leaving = Leaving.objects.create(case=case, city=held.city, person_id=by.subject_id, union=held.union)
    tell_keepers("leave_asked", leaving)
    return case


@transaction.atomic
def leaving_done(case_id: int, move: str, pressed: Pressed) -> Case:
    """Make a move of a leave that was pressed, and what belongs to it."""
    if move == table.DROP and _is_here(case_id):
        raise NotMade(Reason("still_here", _STILL_HERE, {}))
    case = press(case_id, move, pressed)
    leaving = Leaving.objects.select_for_update(of=("self",)).select_related("union").get(pk=case_id)
    if move == table.CONFIRM:
        _leaves(leaving, pressed)
    leaving.settled_at = pressed.at
    leaving.save(update_fields=["settled_at", "left_on"])
    if move == table.CONFIRM:
        tell_her("leave_confirmed", leaving)
    case.refresh_from_db()
    return case


def _is_here(case_id: int) -> bool:
    leaving = Leaving.objects.filter(pk=case_id).first()
    present = held_now(leaving.person_id) if leaving is not None else None
    return present is not None and leaving is not None and present.union_id == leaving.union_id


def _leaves(leaving: Leaving, pressed: Pressed) -> None:
    on = pressed.at.astimezone(clock.PEOPLE_ZONE).date()
    present = held_now(leaving.person_id)
    if present is None or present.union_id != leaving.union_id:
        raise NotMade(Reason("member_elsewhere", _ELSEWHERE, {}))
    try:
        turn(present, Turn(MembershipState.LEFT, on), by=pressed.by)
    except NotTurned as refused:
        raise NotMade(refused.reason) from refused
    leaving.left_on = on


_STILL_HERE = gettext_noop("会籍还在这里。退会是会员的自由，请确认退会；本人改了主意，由本人撤回。")
_ELSEWHERE = gettext_noop("这位会员的会籍已经不在这个工会了。请选「不用办了」。")
