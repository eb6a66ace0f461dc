"""Terms on the first page: what waits for an approval, whose own term ends, and how many below have run out."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from niangjia.kernel.access.offices import OFFICES
from niangjia.kernel.access.queries import within
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.queries import visible_to as cases_seen
from niangjia.kernel.cases.today import due_day
from niangjia.kernel.places.queries import place_names
from niangjia.kernel.web.todo import ToDo, WaitsFor
from niangjia.registers.committees.elections.kind import ELECTION_KIND
from niangjia.registers.committees.elections.queries import open_unions as holding
from niangjia.registers.committees.elections.rules.workflow import REPORTED
from niangjia.registers.committees.listing import address_of
from niangjia.registers.committees.models import Term
from niangjia.registers.committees.motions.kind import EXTENSION_CASES
from niangjia.registers.committees.motions.rules.workflow import ASKED
from niangjia.registers.committees.queries import ending_by
from niangjia.registers.committees.rules.moves import APPROVE_TERM, KEEP_COMMITTEES
from niangjia.registers.committees.rules.terms import REMIND_DAYS

TO_APPROVE = {REPORTED: ELECTION_KIND, ASKED: EXTENSION_CASES}
MOST = 50


def things_to_do(actor: Actor, on: date) -> list[ToDo]:
    """What waits for this actor."""
    return [*_to_approve(actor), *_own_terms(actor, on), *_below(actor, on)]


def _to_approve(actor: Actor) -> Iterable[ToDo]:
    """What unions below reported or asked for, where this actor is one of the nearest who approve."""
    if not actor.paths(APPROVE_TERM) or actor.account_id is None:
        return
    kinds = [kind.kind for kind in TO_APPROVE.values()]
    rows = cases_seen(actor).filter(kind__in=kinds, stage__in=list(TO_APPROVE), closed_at=None)
    roles = frozenset(role.value for role in APPROVE_TERM.roles)
    cases = list(rows.select_related("place").order_by("due_at", "pk")[:MOST])
    names = place_names([case.place_id for case in cases])
    for case in cases:
        above = case.place.parent_id or case.place_id
        if actor.account_id in OFFICES.holders(above, roles, but=None):
            yield _approval(case, names.get(case.place_id, ""))


def _approval(case: Case, name: str) -> ToDo:
    kind = TO_APPROVE[case.stage]
    return ToDo(
        kind=case.kind,
        icon=kind.icon,
        title=_("{name}：{what}等批复").format(name=name, what=kind.words),
        address=kind.desk(case),
        verb=gettext_lazy("去批复"),
        note=(case.number,),
        due=due_day(case.due_at),
        waits_for=WaitsFor.SECOND,
    )


def _own_terms(actor: Actor, on: date) -> Iterable[ToDo]:
    """The term of one's own union, half a year before it ends and after, as long as no election is under way."""
    own = [right.place_id for right in actor.rights if right.role in KEEP_COMMITTEES.roles]
    if not own:
        return
    terms = list(ending_by(on + timedelta(days=REMIND_DAYS[0])).filter(union__in=own).select_related("union"))
    going = holding([term.union_id for term in terms])
    yield from (_ending(term) for term in terms if term.union_id not in going)


def _ending(term: Term) -> ToDo:
    return ToDo(
        kind="term",
        icon="users",
        title=_("第 {n} 届要期满了，安排换届").format(n=term.number),
        address=address_of(term.union),
        verb=gettext_lazy("去安排"),
        note=(term.union.name,),
        due=term.last_on,
    )


def _below(actor: Actor, on: date) -> Iterable[ToDo]:
    """How many unions below have run out: one thing, and the list behind it."""
    paths = actor.paths(APPROVE_TERM)
    own = [right.place_id for right in actor.rights]
    if not paths:
        return
    rows = ending_by(on - timedelta(days=1)).filter(within(paths, field="union__place__path")).exclude(union__in=own)
    number = rows.order_by().count()
    if number:
        words = ngettext("下面 %(n)s 个工会到期没有换届", "下面 %(n)s 个工会到期没有换届", number)
        yield ToDo(
            kind="terms_over",
            icon="users",
            title=words % {"n": f"{number:,}"},
            address="/desk/terms/?state=run_out",
            verb=gettext_lazy("去看看"),
        )
