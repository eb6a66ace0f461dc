"""Cases on the first page: what is in one's hands, what waits for somebody at one's desk, for a second pair of eyes, for an answer.

Every question is bounded and goes by an index in the order of the last days; nothing is counted, and closed cases cost nothing.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.kinds import kind_of, kinds
from niangjia.kernel.cases.models import Case, HandOver, HandOverState
from niangjia.kernel.cases.rules import DESK_ROLES, Waits
from niangjia.kernel.web.todo import MOST, ToDo, WaitsFor

WAITS_FOR = {Waits.SECOND.value: WaitsFor.SECOND, Waits.RETURNED.value: WaitsFor.RETURNED}
VERBS = {
    Waits.DESK.value: gettext_lazy("去接"),
    Waits.SECOND.value: gettext_lazy("去把关"),
    Waits.RETURNED.value: gettext_lazy("去改"),
}
IN_HAND = (Waits.HANDLER.value, Waits.RETURNED.value)
GO_ON = gettext_lazy("去办")
# More desks than anybody sits at.
DESKS = 20


def things_to_do(actor: Actor, _on: date) -> list[ToDo]:
    """What waits for this actor: in her hands, at the desks of her rights, handed over to her desks."""
    desks = _desks(actor)
    if actor.account_id is None or not desks or all(kind.has_own_today for kind in kinds()):
        return []
    hers = [_thing(case) for case in in_hand(actor)]
    waiting = [_thing(case) for place_id in desks for case in at_desk(place_id, actor)]
    offered = [_offered(row) for row in offered_to(desks)]
    return [thing for thing in (*hers, *waiting, *offered) if thing is not None]


def in_hand(actor: Actor) -> Iterable[Case]:
    """What is in one's own hands and waits for nobody else, soonest first."""
    rows = Case.objects.filter(handler=actor.account_id, closed_at=None, waits_for__in=IN_HAND)
    return rows.order_by("due_at")[:MOST]


def at_desk(place_id: int, actor: Actor) -> Iterable[Case]:
    """What waits at one desk for anybody who takes it, and for another than who brought it there."""
    rows = Case.objects.filter(place=place_id, closed_at=None)
    free = rows.filter(waits_for=Waits.DESK.value).order_by("due_at", "id")[:MOST]
    second = rows.filter(waits_for=Waits.SECOND.value).order_by("due_at", "id")[:MOST]
    return [case for case in (*free, *second) if _is_mine(case, actor)]


def offered_to(desks: Iterable[int]) -> Iterable[HandOver]:
    """What other places handed over and waits for an answer."""
    rows = HandOver.objects.filter(to_place__in=tuple(desks), state=HandOverState.OFFERED.value)
    return rows.select_related("case").order_by("id")[:MOST]


def due_day(due_at: datetime | None) -> date | None:
    """The last day of a time that ends at an instant: midnight belongs to the day before."""
    if due_at is None:
        return None
    return (due_at - timedelta(microseconds=1)).astimezone(clock.PEOPLE_ZONE).date()


def _is_mine(case: Case, actor: Actor) -> bool:
    return case.waits_for != Waits.SECOND or case.maker_id != actor.account_id


def _desks(actor: Actor) -> tuple[int, ...]:
    """The places of one's rights themselves; what lies below has desks of its own."""
    return tuple(dict.fromkeys(right.place_id for right in actor.rights if right.role in DESK_ROLES))[:DESKS]


def _thing(case: Case) -> ToDo | None:
    kind = kind_of(case.kind)
    if kind is None or kind.has_own_today:
        return None
    return ToDo(
        kind=case.kind,
        icon=kind.icon,
        title=kind.title_of(case),
        address=kind.desk(case),
        verb=VERBS.get(case.waits_for, GO_ON),
        note=(case.number, kind.stages.get(case.stage, case.stage)),
        due=due_day(case.due_at),
        waits_for=WAITS_FOR.get(case.waits_for, WaitsFor.MINE),
    )


def _offered(row: HandOver) -> ToDo | None:
    kind = kind_of(row.case.kind)
    if kind is None or kind.has_own_today:
        return None
    return ToDo(
        kind="hand_over",
        icon="arrows-exchange",
        title=_("交来一件：{what}").format(what=kind.title_of(row.case)),
        address=kind.desk(row.case),
        verb=gettext_lazy("去答复"),
        note=(row.case.number,),
        due=due_day(row.case.due_at),
    )
