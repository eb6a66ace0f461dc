"""Before a time is over who has the case in hand is reminded; after it, the union above hears (催办)."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta

from django.db import transaction

from niangjia.kernel import clock
from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.access.offices import OFFICES
from niangjia.kernel.cases.models import Barred, Case, Running
from niangjia.kernel.cases.queries import flow_under, place_above
from niangjia.kernel.cases.reminders import MORNING, instants_of
from niangjia.kernel.cases.rules import DESK_ROLES, Who
from niangjia.kernel.clock.rules import Calendar
from niangjia.kernel.dated import queries as dated
from niangjia.kernel.messages.rules import ToAccount
from niangjia.kernel.messages.services import send

# 本系统默认值: people are reminded when the working day begins, and while it lasts.
EVENING = time(18)
CHUNK = 200
AT_WORK = frozenset({Who.DESK, Who.HERE, Who.HANDLER, Who.SECOND})


@beyond(Purpose.CASES)
def remind(*, at: datetime) -> int:
    """Send what is due to be reminded of; answers how many times were told of. Nothing is told of twice."""
    here, calendar = at.astimezone(clock.PEOPLE_ZONE), dated.calendar()
    if not calendar.is_working(here.date()) or not MORNING <= here.time() < EVENING:
        return 0
    told = 0
    while keys := _due(at):
        now = sum(_remind_one(key, calendar, at=at) for key in keys)
        told += now
        # What somebody else holds just now is told of in an hour.
        if not now:
            break
    return told


def _due(at: datetime) -> Sequence[int]:
    rows = Running.objects.filter(ended_at=None, remind_at__lte=at).order_by("remind_at")
    return list(rows.values_list("pk", flat=True)[:CHUNK])


@transaction.atomic
def _remind_one(key: int, calendar: Calendar, *, at: datetime) -> bool:
    """The message and the note that it went out are one transaction."""
    rows = Running.objects.select_for_update(skip_locked=True).filter(pk=key, ended_at=None, remind_at__lte=at)
    running = rows.first()
    if running is None:
        return False
    case = Case.objects.select_related("place").get(pk=running.case_id)
    tier = flow_under(case).tier(running.tier)
    if running.due_at is None or case.closed_at is not None:
        running.remind_at = None
        running.save(update_fields=["remind_at"])
        return False
    instants = instants_of(tier, running.due_at, calendar)
    running.reminded = max(sum(instant <= at for instant in instants), running.reminded + 1)
    running.remind_at = instants[running.reminded] if running.reminded < len(instants) else None
    running.save(update_fields=["reminded", "remind_at"])
    if running.reminded < len(instants):
        last = (running.due_at - timedelta(microseconds=1)).astimezone(clock.PEOPLE_ZONE).date()
        _tell("case_due_soon", _handlers(case), case, last=last)
    else:
        _tell("case_late", _handlers(case), case)
        _tell("case_late_below", _those_above(case), case)
    return True


def _tell(key: str, accounts: Iterable[int], case: Case, **facts: object) -> None:
    for account in accounts:
        send(key, to=ToAccount(account), facts={"place": case.place_id, **facts}, about=case.pk)


def _handlers(case: Case) -> Sequence[int]:
    """Who has it in hand, else those who would take it."""
    if case.handler_id is not None:
        return [case.handler_id]
    return _holders(case, case.place_id)


def _those_above(case: Case) -> Sequence[int]:
    """Those at the nearest union above; where nobody above meets it, those of the place itself."""
    found = _holders(case, place_above(case))
    return [account for account in found if account != case.handler_id]


def _holders(case: Case, place_id: int) -> Sequence[int]:
    """Who holds the office there, but not whoever has to keep away from the case."""
    flow = flow_under(case)
    roles = {role for move in flow.moves if case.stage in move.leaves and move.who & AT_WORK for role in move.roles}
    held = frozenset(role.value for role in roles or DESK_ROLES)
    barred = set(Barred.objects.filter(case=case).values_list("account_id", flat=True))
    return [account for account in OFFICES.holders(place_id, held, but=None) if account not in barred]
