"""What happens by itself: moves of the clock when a time is over, and times computed again when the calendar changes."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.utils.module_loading import import_string
from procrastinate.contrib.django import app

from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.cases import clocks
from niangjia.kernel.cases.catalogue import flows
from niangjia.kernel.cases.kinds import kind_of
from niangjia.kernel.cases.making import make
from niangjia.kernel.cases.models import Case, Running
from niangjia.kernel.cases.queries import flow_under
from niangjia.kernel.cases.refusals import NotMade
from niangjia.kernel.cases.rules import CLOCK
from niangjia.kernel.dated import queries as dated

RECOMPUTE, QUEUE = "cases.recompute", "cases"
CHUNK = 500


def make_due_moves(*, at: datetime) -> int:
    """Make the moves whose time is over; each is a transaction of its own, and one that fails holds up none."""
    made = 0
    for case_id, kind, move in _over(at):
        words = kind_of(kind)
        own = words.by_clock if words is not None else ""
        try:
            import_string(own)(case_id, move, at=at) if own else make(case_id, move, by=CLOCK, at=at)
        except (NotMade, Forbidden):
            continue
        made += 1
    return made


@beyond(Purpose.CASES)
def _over(at: datetime) -> list[tuple[int, str, str]]:
    found: list[tuple[int, str, str]] = []
    for flow in flows():
        for move in flow.moves:
            if not move.when_over:
                continue
            late = Running.objects.filter(
                ended_at=None,
                due_at__lte=at,
                tier=move.when_over,
                case__kind=flow.kind,
                case__version=flow.version,
                case__stage__in=move.leaves,
            )
            found += [(case_id, flow.kind, move.name) for case_id in late.values_list("case_id", flat=True)[:CHUNK]]
    return found


def calendar_changed(*, first: date, last: date) -> None:
    """Public days changed: whatever runs is computed again by a job, after this transaction."""
    app.configure_task(RECOMPUTE, queue=QUEUE).defer(first=first.isoformat(), last=last.isoformat())


@beyond(Purpose.CASES)
def compute_all_again(*, at: datetime) -> int:
    """Compute every time that runs again, in chunks; answers how many ends are other ones now."""
    changed, after = 0, 0
    while keys := _running_after(after):
        changed += _compute_chunk(keys, at=at)
        after = keys[-1]
    return changed


def _running_after(pk: int) -> list[int]:
    rows = Running.objects.filter(ended_at=None, pk__gt=pk).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:CHUNK])


@transaction.atomic
def _compute_chunk(keys: list[int], *, at: datetime) -> int:
    """The cases are held first, as a move holds them: nobody waits for another in a ring."""
    calendar, changed = dated.calendar(), 0
    of = Running.objects.filter(pk__in=keys).values("case")
    cases = {case.pk: case for case in Case.objects.select_for_update().filter(pk__in=of).order_by("pk")}
    rows = Running.objects.filter(pk__in=keys, ended_at=None).prefetch_related("pauses").order_by("pk")
    for running in rows:
        case = cases[running.case_id]
        changed += clocks.compute_again(running, flow_under(case), calendar, at=at)
    for case in _with_another_end(cases):
        case.save(update_fields=["due_at"])
    return changed


def _with_another_end(cases: dict[int, Case]) -> Iterator[Case]:
    for case in cases.values():
        before = case.due_at
        clocks.refreshed(case)
        if case.due_at != before:
            yield case
