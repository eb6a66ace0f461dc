"""Let a finding rest, say that the record is right, ask the member herself; each with its journal entry."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from django.db import transaction

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.chinese import Reason
from niangjia.kernel.journal.services import record
from niangjia.kernel.messages.rules import ToPerson
from niangjia.kernel.messages.services import send
from niangjia.registers.members.clinic.files import member_checks
from niangjia.registers.members.clinic.models import Finding
from niangjia.registers.members.clinic.queries import visible_to
from niangjia.registers.members.clinic.rules import (
    ASKED_AGAIN_AFTER,
    BY_HERSELF,
    FindingState,
    reason_faults,
    snooze_faults,
)

# What a reason may be written for.
LIVING = (FindingState.OPEN.value, FindingState.SNOOZED.value, FindingState.RIGHT.value)


class NotRepaired(Exception):
    """Nothing was changed; the reasons by field say why and what next."""

    def __init__(self, reasons: Mapping[str, Reason]) -> None:
        super().__init__(", ".join(f"{field}: {reason.code}" for field, reason in reasons.items()))
        self.reasons = dict(reasons)


@transaction.atomic
def snooze(finding_ids: Sequence[int], until: date | None, reason: str, *, by: Actor, on: date) -> int:
    """Let findings rest until a day (先放一放), with a reason."""
    faults = snooze_faults(until, reason, on=on)
    if faults:
        raise NotRepaired(faults)
    return _say(finding_ids, FindingState.SNOOZED, reason, by=by, until=until)


@transaction.atomic
def keep_as_right(finding_ids: Sequence[int], reason: str, *, by: Actor) -> int:
    """The records are right as they are (没有错): quiet until what was found changes."""
    faults = reason_faults(reason)
    if faults:
        raise NotRepaired(faults)
    return _say(finding_ids, FindingState.RIGHT, reason, by=by, until=None)


@transaction.atomic
def open_again(finding_id: int, *, by: Actor) -> None:
    """What rested, or was said to be right, waits again (重新放回去)."""
    for finding in _held([finding_id], by=by):
        finding.state, finding.until, finding.reason = FindingState.OPEN.value, None, ""
        finding.save(update_fields=["state", "until", "reason"])
        _record("reopen_repair", finding, by=by)


@transaction.atomic
def ask_members(finding_ids: Sequence[int], *, by: Actor) -> int:
    """Ask the members themselves (请本人改): one message each, whatever waits of hers; answers how many were asked."""
    today = clock.today()
    asked: dict[int, list[Finding]] = {}
    for finding in _held(finding_ids, by=by):
        if can_be_asked(finding, on=today):
            asked.setdefault(finding.person_id, []).append(finding)
    for findings in asked.values():
        for finding in findings:
            finding.asked_at = clock.now()
            finding.save(update_fields=["asked_at"])
        _record("ask_to_mend", findings[0], by=by)
    if asked:
        send("mend_asked", to=[ToPerson(person) for person in sorted(asked)])
    return len(asked)


def can_be_asked(finding: Finding, *, on: date) -> bool:
    """Whether she can put it right herself, and was not asked lately."""
    check = member_checks().get(finding.check_name)
    if check is None or check.mend not in BY_HERSELF or finding.state != FindingState.OPEN:
        return False
    return finding.asked_at is None or finding.asked_at.date() <= on - ASKED_AGAIN_AFTER


def _say(ids: Sequence[int], state: FindingState, reason: str, *, by: Actor, until: date | None) -> int:
    held = _held(ids, by=by)
    for finding in held:
        finding.state, finding.until, finding.reason = state.value, until, reason.strip()
        finding.said_by_id, finding.said_at = by.account_id, clock.now()
        finding.save(update_fields=["state", "until", "reason", "said_by", "said_at"])
        verb = "snooze_repair" if state is FindingState.SNOOZED else "keep_as_right"
        # The reason stays with the finding: an entry can never be erased.
        _record(verb, finding, by=by)
    return len(held)


def _held(ids: Iterable[int], *, by: Actor) -> list[Finding]:
    """Findings in reach that are not mended, held until something is said of them; `Forbidden` where one alone is out of reach."""
    wanted = sorted(set(ids))
    seen = visible_to(by).filter(pk__in=wanted, state__in=LIVING).order_by("pk").values_list("pk", flat=True)
    found = list(Finding.objects.select_for_update().filter(pk__in=list(seen)).order_by("pk"))
    if not found and len(wanted) == 1:
        raise Forbidden("out_of_scope")
    return found


def _record(verb: str, finding: Finding, *, by: Actor) -> None:
    place = (finding.city, finding.union_id)
    detail = {"check": finding.check_name}
    record(verb, by=by, thing="person", thing_id=finding.person_id, place=place, detail=detail)


def rests_until(days: int) -> date:
    """The day so many days from today."""
    return clock.today() + timedelta(days=days)
