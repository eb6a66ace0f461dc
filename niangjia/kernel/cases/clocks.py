"""Which times run for a case: started, stopped, rested and computed from what happened; the soonest stands in the case."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string

from niangjia.kernel import clock
from niangjia.kernel.cases import reminders
from niangjia.kernel.cases.models import Case, Pause, Running
from niangjia.kernel.cases.rules import Stage, Tier, Workflow
from niangjia.kernel.clock.rules import Calendar, Due, Term, Unit, due_at
from niangjia.kernel.dated import queries as dated
from niangjia.kernel.dated.rules import Parameter
from niangjia.kernel.worded import Worded, prepared

# Both at once, as the same role: a time is over with the rest it takes.
STOP = """
WITH over AS (
  UPDATE cases_running SET ended_at = %(at)s::timestamptz, due_at = NULL, remind_at = NULL
  WHERE case_id = %(case)s AND ended_at IS NULL AND (%(keys)s::text[] IS NULL OR tier = ANY (%(keys)s::text[]))
  RETURNING id)
UPDATE cases_pause SET until = %(at)s::timestamptz WHERE until IS NULL AND running_id IN (SELECT over.id FROM over)
"""
SOONEST = Worded(
    lambda case: (
        Running.objects.filter(case=case, ended_at=None, due_at__isnull=False)
        .order_by("due_at")
        .values_list("due_at", flat=True)[:1]
    ),
    case=int,
)


def region_of(case: Case) -> str:
    """The region whose figures hold for a case: that of its place, as `NIANGJIA_PLACE_REGION` tells it, else its city."""
    if not settings.NIANGJIA_PLACE_REGION:
        return case.city
    found: str = import_string(settings.NIANGJIA_PLACE_REGION)(case.place_id)
    return found or case.city


def term_of(tier: Tier, case: Case, *, at: datetime) -> Term:
    """How long a time is here and today: the local figure where there is one, else that of the table."""
    return _terms_of((tier,), case, at=at)[tier.key]


def _terms_of(tiers: Sequence[Tier], case: Case, *, at: datetime) -> dict[str, Term]:
    keys = [tier.parameter for tier in tiers if tier.parameter]
    if not keys:
        return {tier.key: tier.term for tier in tiers}
    on = at.astimezone(clock.PEOPLE_ZONE).date()
    local = dated.parameters(keys, region=region_of(case), on=on)
    return {tier.key: _local(tier, local[tier.parameter]) if tier.parameter else tier.term for tier in tiers}


def _local(tier: Tier, local: Parameter) -> Term:
    # Where nobody says otherwise the table's own source is the better one.
    if local.is_default:
        return replace(tier.term, number=local.number, unit=Unit(local.measure.value))
    return local.term(rolls=tier.term.rolls, bands=tier.term.bands)


def begun(case: Case, flow: Workflow, *, at: datetime) -> list[Running]:
    """The times that start with a case, which is not saved yet; the soonest stands in it."""
    rows = _rows(case, [flow.tier(key) for key in flow.starts], at=at)
    case.due_at = min((row.due_at for row in rows if row.due_at is not None), default=None)
    return rows


def started_by(case: Case, flow: Workflow, keys: Iterable[str], *, at: datetime) -> None:
    """Start these times; one that runs already goes on as it is."""
    wanted = [flow.tier(key) for key in keys]
    if not wanted:
        return
    running = set(Running.objects.filter(case=case, ended_at=None).values_list("tier", flat=True))
    Running.objects.bulk_create(_rows(case, [tier for tier in wanted if tier.key not in running], at=at))


def _rows(case: Case, tiers: Sequence[Tier], *, at: datetime) -> list[Running]:
    """Times as they start now, none of them saved; asked once for all of them: the calendar, and what is local."""
    if not tiers:
        return []
    calendar, terms = dated.calendar(), _terms_of(tiers, case, at=at)
    return [_row(case, tier, terms[tier.key], calendar, at=at) for tier in tiers]


def _row(case: Case, tier: Tier, term: Term, calendar: Calendar, *, at: datetime) -> Running:
    found = due_at(at, term, calendar)
    row = Running(
        city=case.city,
        case=case,
        tier=tier.key,
        unit=term.unit.value,
        number=term.number,
        source=term.source,
        is_default=term.is_default,
        started_at=at,
        due_at=found.at,
        is_provisional=found.is_provisional,
    )
    row.remind_at = reminders.next_of(tier, row, calendar)
    return row


def stopped(case: Case, keys: Iterable[str] | None, *, at: datetime) -> None:
    """These times are over, or all of them."""
    with prepared() as cursor:
        cursor.execute(STOP, {"case": case.pk, "at": at, "keys": None if keys is None else list(keys)})


def moved(case: Case, flow: Workflow, before: Stage, after: Stage, *, at: datetime) -> None:
    """Times rest where the new stage says so, go on where it does not, and end with the case."""
    if after.is_final:
        stopped(case, None, at=at)
    elif after.pauses and not before.pauses:
        _rest(case, after.pauses, at=at)
    elif before.pauses and not after.pauses:
        _go_on(case, flow, at=at)


def refreshed(case: Case) -> None:
    """The soonest time that runs stands in the case, not yet saved; none runs on once it is closed."""
    case.due_at = None if case.closed_at else next(iter(SOONEST(case=case.pk)), None)


def computed(running: Running, flow: Workflow, calendar: Calendar, *, at: datetime) -> Due:
    """When a time ends, from what happened to it."""
    pauses = [(pause.since, pause.until) for pause in running.pauses.all()]
    return due_at(running.started_at, kept_term(running, flow), calendar, paused=pauses, at=at)


def kept_term(running: Running, flow: Workflow) -> Term:
    """The term as it was started with, and lengthened since."""
    of_table = flow.tier(running.tier).term
    return Term(
        Unit(running.unit),
        running.number + running.extension,
        of_table.rolls,
        of_table.bands,
        running.source,
        running.is_default,
    )


def compute_again(running: Running, flow: Workflow, calendar: Calendar, *, at: datetime) -> bool:
    """Compute one time anew; whether its end is another one now."""
    found = computed(running, flow, calendar, at=at)
    ends = None if found.is_paused else found.at
    if (ends, found.is_provisional) == (running.due_at, running.is_provisional):
        return False
    running.due_at, running.is_provisional = ends, found.is_provisional
    running.remind_at = reminders.next_of(flow.tier(running.tier), running, calendar)
    running.save(update_fields=["due_at", "is_provisional", "remind_at"])
    return True


def _rest(case: Case, reason: str, *, at: datetime) -> None:
    rows = list(Running.objects.filter(case=case, ended_at=None))
    Pause.objects.bulk_create(Pause(city=case.city, running=row, reason=reason, since=at) for row in rows)
    Running.objects.filter(pk__in=[row.pk for row in rows]).update(due_at=None, remind_at=None)


def _go_on(case: Case, flow: Workflow, *, at: datetime) -> None:
    rows = Running.objects.filter(case=case, ended_at=None)
    Pause.objects.filter(running__in=rows, until=None).update(until=at)
    calendar = dated.calendar()
    for row in rows.prefetch_related("pauses"):
        compute_again(row, flow, calendar, at=at)
