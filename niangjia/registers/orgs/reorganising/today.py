"""Reorganisations on the first page: what waits for a second person, what was sent back, what was held up on its day."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.queries import why_not
from niangjia.kernel.cases.today import due_day, waiting_for
from niangjia.kernel.web.todo import MOST, ToDo, WaitsFor
from niangjia.registers.orgs.reorganising.kind import REORGANISING_KIND
from niangjia.registers.orgs.reorganising.listing import reorganisations
from niangjia.registers.orgs.reorganising.rules.workflow import APPROVE, APPROVED, ASKED, KIND, PLANNED
from niangjia.registers.orgs.rules.moves import REORGANISE


def things_to_do(actor: Actor, on: date) -> list[ToDo]:
    """What waits for this actor."""
    if not actor.paths(REORGANISE):
        return []
    return [*_waiting(actor), *_held_up(actor, on)]


def _waiting(actor: Actor) -> Iterator[ToDo]:
    for case in waiting_for(actor, (KIND,)):
        if case.stage == ASKED and why_not(actor, APPROVE, case) is None:
            yield _thing(case, _("去批"), WaitsFor.SECOND)
        elif case.stage == PLANNED and case.handler_id == actor.account_id:
            yield _thing(case, _("去报批"), WaitsFor.MINE)


def _held_up(actor: Actor, on: date) -> Iterator[ToDo]:
    """Approved, its day is here, and something stands in the way."""
    late = Q(stage=APPROVED, reorganisation__planned_on__lte=on) & ~Q(reorganisation__held_up="")
    for case in reorganisations(actor).filter(late).order_by("pk")[:MOST]:
        yield _thing(case, _("去看看"), WaitsFor.MINE)


def _thing(case: Case, verb: str, waits_for: WaitsFor) -> ToDo:
    kind = REORGANISING_KIND
    return ToDo(
        KIND, kind.icon, kind.title_of(case), kind.desk(case), verb, (case.number,), due_day(case.due_at), waits_for
    )
