"""Look through members' records (体检): what is found waits for the union, what was mended leaves by itself."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.db import connection, transaction

from niangjia.kernel import clock
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.journal.models import Entry
from niangjia.registers.members.clinic.files import MemberCheck, member_checks
from niangjia.registers.members.clinic.models import Finding
from niangjia.registers.members.clinic.rules import FindingState
from niangjia.registers.members.queries import FULL, HOLDING
from niangjia.registers.members.verified.definitions import IS_VERIFIED

# Acts after which a record may be in order.
MENDING = frozenset({
    "edit_member", "register_member", "see_papers", "withdraw_papers", "settle_transfer", "answer_phone", "confirm_phone",
})  # fmt: skip
_STATES, _FULL = (", ".join(f"'{state}'" for state in states) for states in (HOLDING, FULL))
# Whoever is a member somewhere now, with what the checks ask of her. One row for each: nobody is a member twice.
HERE = f"""
here AS (
  SELECT m.person_id, m.union_id, m.city, m.employer_id, m.joined_on, m.state IN ({_FULL}) AS is_full, p.name, p.id_kind,
    p.phone_blind, p.phone_confirmed_at, p.sex, p.birth_on, p.household_registration, p.migrant, p.employment, p.workplace,
    p.occupation, p.registered_at, {IS_VERIFIED} AS is_verified, %(today)s::date AS today
  FROM members_membership m JOIN members_person p ON p.subject_id = m.person_id
  WHERE m.state IN ({_STATES}) AND upper_inf(m.period) AND p.erased_at IS NULL
    AND (%(person)s::bigint IS NULL OR m.person_id = %(person)s))"""  # noqa: S608 - words of our own
FOUND = """,
found AS ({sql}),
fresh AS (SELECT here.city, here.person_id, here.union_id, md5(coalesce(found.facts, '')) AS facts
  FROM found JOIN here ON here.person_id = found.person_id)"""
# What was said to be right stays so while the facts are the same; what rests goes on resting.
KEPT = """
INSERT INTO clinic_finding (city, person_id, union_id, check_name, facts, state, found_at, reason)
SELECT city, person_id, union_id, %(check)s, facts, 'open', %(at)s, '' FROM fresh
ON CONFLICT (person_id, check_name) WHERE state <> 'mended' DO UPDATE SET
  union_id = excluded.union_id, city = excluded.city, facts = excluded.facts,
  state = CASE WHEN clinic_finding.state = 'right' AND clinic_finding.facts <> excluded.facts THEN 'open'
    ELSE clinic_finding.state END
WHERE (clinic_finding.union_id, clinic_finding.facts) IS DISTINCT FROM (excluded.union_id, excluded.facts)"""
MENDED = """
UPDATE clinic_finding f SET state = 'mended', mended_at = %(at)s
WHERE f.check_name = %(check)s AND f.state <> 'mended' AND (%(person)s::bigint IS NULL OR f.person_id = %(person)s)
  AND NOT EXISTS (SELECT FROM fresh WHERE fresh.person_id = f.person_id)"""


class Looked(NamedTuple):
    """What one look through everybody came to: how many checks were asked, and how many findings are open now."""

    checked: int
    open: int
    mended: int


@beyond(Purpose.CLINIC)
def look_through() -> Looked:
    """Ask every check of every record; each check is a transaction of its own."""
    today, at = clock.today(), clock.now()
    mended = 0
    for check in member_checks().values():
        with transaction.atomic():
            mended += _ask(check, today=today, at=at)
    with transaction.atomic():
        woken = Finding.objects.filter(state=FindingState.SNOOZED, until__lte=today)
        woken.update(state=FindingState.OPEN, until=None)
        gone = Finding.objects.exclude(check_name__in=member_checks()).exclude(state=FindingState.MENDED)
        gone.update(state=FindingState.MENDED, mended_at=at)
    return Looked(len(member_checks()), Finding.objects.filter(state=FindingState.OPEN).count(), mended)


def hear(entry: Entry) -> None:
    """A record was changed: what waits for it is asked again at once, so that what is mended leaves the queue."""
    if entry.verb in MENDING and entry.thing == "person" and entry.thing_id is not None:
        with beyond(Purpose.CLINIC):
            waiting = Finding.objects.filter(person=entry.thing_id).exclude(state=FindingState.MENDED)
            look_again(entry.thing_id, waiting.values_list("check_name", flat=True))


def look_again(person_id: int, names: Iterable[str]) -> int:
    """Ask these checks of one person; answers how many she keeps now."""
    today, at, known = clock.today(), clock.now(), member_checks()
    return sum(_ask(known[name], today=today, at=at, person_id=person_id) for name in list(names) if name in known)


def _ask(check: MemberCheck, *, today: date, at: datetime, person_id: int | None = None) -> int:
    """One check: what it finds is kept, what it finds no more is mended; answers how many were mended."""
    values = {"today": today, "at": at, "person": person_id, "check": check.name}
    head = f"WITH {HERE}{FOUND.format(sql=check.check.sql)}"
    with connection.cursor() as cursor:
        cursor.execute(head + KEPT, values)
        cursor.execute(head + MENDED, values)
        return int(cursor.rowcount)
