"""State what a union has of money, room and rules."""

from collections.abc import Mapping
from datetime import date

from django.db import connection, transaction

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden, check
from niangjia.kernel.chinese import Reason
from niangjia.kernel.journal.services import record
from niangjia.registers.cadres.haves.models import Statement
from niangjia.registers.cadres.haves.rules import STATE_HAVES, Said, said_faults
from niangjia.registers.orgs.models import Union

FAMILY = 0x68617665


class StatementRefused(Exception):
    """What is wrong, by field; nothing was changed."""

    def __init__(self, reasons: Mapping[str, Reason]) -> None:
        super().__init__(", ".join(f"{field}: {reason.code}" for field, reason in reasons.items()))
        self.reasons = dict(reasons)


@transaction.atomic
def state_haves(union_id: int, said: tuple[Said, ...], on: date, *, by: Actor, today: date) -> int:
    """State what a union has or lacks (四有说明), as it was on a day; what is said again as before stays as it stands."""
    union = Union.objects.select_related("place").filter(pk=union_id, place__closed_on=None).first()
    if union is None:
        raise Forbidden("out_of_scope")
    check(by, STATE_HAVES, union.place.path)
    faults = said_faults(said, on, today=today)
    if faults:
        raise StatementRefused(faults)
    # One after the other: two statements at once would both be the latest.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [FAMILY, union.pk])
    changed = [each for each in said if _state(union, each, on, by=by)]
    if changed:
        detail = {each.have.value: each.is_there for each in changed}
        record("state_haves", by=by, thing="union", thing_id=union.pk, place=(union.city, union.pk), detail=detail)
    return len(changed)


def _state(union: Union, said: Said, on: date, *, by: Actor) -> bool:
    words = said.words.strip()
    latest = Statement.objects.filter(union=union, have=said.have.value, is_latest=True).first()
    if latest is not None and (latest.is_there, latest.words, latest.on) == (said.is_there, words, on):
        return False
    Statement.objects.filter(union=union, have=said.have.value, is_latest=True).update(is_latest=False)
    Statement.objects.create(
        city=union.city,
        union=union,
        have=said.have.value,
        is_there=said.is_there,
        words=words,
        on=on,
        stated_by_id=by.account_id,
        author=by.words,
    )
    return True
