"""Before a term ends its union and the union above are told (届期提醒): half a year, three months, a month before, and after it."""

from datetime import date

from django.db import transaction

from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.messages.rules import ToOffice
from niangjia.kernel.messages.services import send
from niangjia.registers.committees.models import Term
from niangjia.registers.committees.queries import ending_by
from niangjia.registers.committees.rules.moves import APPROVE_TERM, KEEP_COMMITTEES
from niangjia.registers.committees.rules.terms import RUN_OUT, furthest_reminder, reminder_due

CHUNK = 500


@beyond(Purpose.TERMS)
def remind(*, on: date) -> int:
    """Tell of every term that calls for it on a day, once for each of its days; answers how many were told of."""
    told, after = 0, 0
    while keys := _due(on, after=after):
        told += sum(_remind_one(key, on=on) for key in keys)
        after = keys[-1]
    return told


def _due(on: date, *, after: int) -> list[int]:
    rows = ending_by(furthest_reminder(on)).exclude(reminded=RUN_OUT).filter(pk__gt=after).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:CHUNK])


@transaction.atomic
def _remind_one(key: int, *, on: date) -> bool:
    """The messages and the note that they went out are one transaction."""
    rows = Term.objects.select_for_update(of=("self",), skip_locked=True).select_related("union__place")
    term = rows.filter(pk=key, ended_on=None).first()
    due = reminder_due(term.last_on, on=on) if term is not None else None
    if term is None or due is None or (term.reminded is not None and term.reminded <= due):
        return False
    Term.objects.filter(pk=term.pk).update(reminded=due)
    _tell(term, is_over=due == RUN_OUT)
    return True


def _tell(term: Term, *, is_over: bool) -> None:
    """Those of the union itself, and those of the nearest union above, where these are others."""
    facts = {"place": term.union_id, "last": term.last_on}
    own = ToOffice(term.union_id, frozenset(role.value for role in KEEP_COMMITTEES.roles))
    send("term_over" if is_over else "term_ends", to=own, facts=facts)
    above = term.union.place.parent_id
    if above is not None:
        to = ToOffice(above, frozenset(role.value for role in APPROVE_TERM.roles))
        send("term_over_below" if is_over else "term_ends_below", to=to, facts=facts)
