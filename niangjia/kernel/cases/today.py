"""Cases on the first page: what is in one's hands, what waits for somebody at one's desk, for a second pair of eyes, for an answer.

All that waits is one statement, bounded for each desk, in the order of the last days; nothing is counted, and closed cases cost nothing.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import DEFAULT_DB_ALIAS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.catalogue import flows
from niangjia.kernel.cases.kinds import Words, kind_of, kinds, named
from niangjia.kernel.cases.models import Case, HandOver, HandOverState
from niangjia.kernel.cases.queries import flow_under
from niangjia.kernel.cases.rules import DESK_ROLES, Mode, Waits, Who
from niangjia.kernel.web.todo import MOST, ToDo, WaitsFor
from niangjia.kernel.worded import OneOf, Worded, prepared

WAITS_FOR = {Waits.SECOND.value: WaitsFor.SECOND, Waits.RETURNED.value: WaitsFor.RETURNED}
VERBS = {
    Waits.DESK.value: gettext_lazy("去接"),
    Waits.SECOND.value: gettext_lazy("去把关"),
    Waits.RETURNED.value: gettext_lazy("去改"),
}
GO_ON = gettext_lazy("去办")
# More desks than anybody sits at.
DESKS = 20
# The owner answers both, within the places where the actor works; what anybody is to keep away from is not among it.
FIELDS = tuple(field.attname for field in Case._meta.concrete_fields)  # noqa: SLF001 - Django's own name for it
COLUMNS = ", ".join(f'"{field.column}"' for field in Case._meta.concrete_fields)  # noqa: SLF001
WAITING = f"""
SELECT {COLUMNS} FROM cases_waiting(%(who)s::bigint, %(desks)s::bigint[], %(told)s::text[], %(several)s::text[], %(most)s)
UNION ALL
SELECT {COLUMNS} FROM cases_waiting_above(%(who)s::bigint, %(desks)s::bigint[], %(kinds)s::text[], %(versions)s::integer[],
  %(stages)s::text[], %(roles)s::text[], %(several)s::text[], %(most)s)
"""  # noqa: S608 - names of columns
OFFERED = Worded(
    lambda desks, kinds, account: (
        HandOver.objects.filter(OneOf("to_place", desks), OneOf("case__kind", kinds), state=HandOverState.OFFERED.value)
        .exclude(offered_by=account)
        .select_related("case")
        .order_by("id")[:MOST]
    ),
    desks=list,
    kinds=list,
    account=int,
)
AT_DESK = frozenset({Who.DESK, Who.HERE, Who.SECOND, Who.ABOVE})


def things_to_do(actor: Actor, _on: date) -> list[ToDo]:
    """What waits for this actor: in her hands, at the desks of her rights, below where nobody else could check, handed over."""
    told = tuple(kind.kind for kind in kinds() if not kind.has_own_today)
    if not told:
        return []
    cases, offers = waiting_for(actor, told), list(offered_to(actor, told))
    names = named([*cases, *(row.case for row in offers)])
    waiting = [_thing(case, names) for case in cases]
    offered = [_offered(row, names) for row in offers]
    return [thing for thing in (*waiting, *offered) if thing is not None]


def waiting_for(actor: Actor, kinds_told: Collection[str]) -> list[Case]:
    """The open cases of these kinds that wait for an actor, in one statement: in her hands first, then at her desks, then above."""
    desks = list(_desks(actor))
    if actor.account_id is None or not desks:
        return []
    pools = list(_pools(kinds_told))
    asked = {
        "who": actor.account_id,
        "desks": desks,
        "told": list(kinds_told),
        "several": sorted({pool.kind for pool in pools if pool.takes_several}),
        "kinds": [pool.kind for pool in pools],
        "versions": [pool.version for pool in pools],
        "stages": [pool.stage for pool in pools],
        "roles": [pool.roles for pool in pools],
        "most": MOST,
    }
    with prepared() as cursor:
        cursor.execute(WAITING, asked)
        cases = [Case.from_db(DEFAULT_DB_ALIAS, FIELDS, row) for row in cursor.fetchall()]
    return [case for case in cases if _has_part(case, actor)]


def offered_to(actor: Actor, kinds_told: Collection[str]) -> Iterable[HandOver]:
    """What other places handed over and waits for an answer; by another than who offered it."""
    desks = _desks(actor)
    if actor.account_id is None or not desks:
        return ()
    return OFFERED(desks=list(desks), kinds=list(kinds_told), account=actor.account_id)


def due_day(due_at: datetime | None) -> date | None:
    """The last day of a time that ends at an instant: midnight belongs to the day before."""
    if due_at is None:
        return None
    return (due_at - timedelta(microseconds=1)).astimezone(clock.PEOPLE_ZONE).date()


@dataclass(frozen=True)
class _Gathers:
    """A stage where decisions are gathered: in which roles one may be made, and whether it takes more than one."""

    kind: str
    version: int
    stage: str
    roles: str
    takes_several: bool


def _pools(kinds_told: Collection[str]) -> Iterator[_Gathers]:
    for flow in flows():
        for stage in flow.stages:
            if stage.pool is not None and flow.kind in kinds_told:
                roles = ",".join(sorted(role.value for role in flow.move(stage.pool.agrees).roles))
                yield _Gathers(flow.kind, flow.version, stage.name, roles, stage.pool.mode is not Mode.ANY)


def _has_part(case: Case, actor: Actor) -> bool:
    """Whether one of the actor's roles makes a move from here; what is in one's hands is one's own."""
    if case.waits_for not in (Waits.DESK.value, Waits.SECOND.value):
        return True
    hers = {right.role for right in actor.rights}
    return any(
        case.stage in move.leaves and move.who & AT_DESK and move.roles & hers for move in flow_under(case).moves
    )


def _desks(actor: Actor) -> tuple[int, ...]:
    """The places of one's rights themselves; what lies below has desks of its own."""
    return tuple(dict.fromkeys(right.place_id for right in actor.rights if right.role in DESK_ROLES))[:DESKS]


def _thing(case: Case, names: Mapping[int, Words]) -> ToDo | None:
    kind = kind_of(case.kind)
    if kind is None:
        return None
    return ToDo(
        kind=case.kind,
        icon=kind.icon,
        title=names[case.pk],
        address=kind.desk(case),
        verb=VERBS.get(case.waits_for, GO_ON),
        note=(case.number, kind.stages.get(case.stage, case.stage)),
        due=due_day(case.due_at),
        waits_for=WAITS_FOR.get(case.waits_for, WaitsFor.MINE),
    )


def _offered(row: HandOver, names: Mapping[int, Words]) -> ToDo | None:
    kind = kind_of(row.case.kind)
    if kind is None:
        return None
    return ToDo(
        kind="hand_over",
        icon="arrows-exchange",
        title=_("交来一件：{what}").format(what=names[row.case_id]),
        address=kind.desk(row.case),
        verb=gettext_lazy("去答复"),
        note=(row.case.number,),
        due=due_day(row.case.due_at),
    )
