"""A target ends by itself: what is written down of an employer is heard in the transaction of the act."""

from datetime import date

from niangjia.kernel import clock
from niangjia.kernel.journal.models import Entry
from niangjia.registers.employers.targets.rules.targets import Outcome
from niangjia.registers.employers.targets.services import end_by_itself


class _Whoever:
    """The author of an entry that was heard."""

    def __init__(self, entry: Entry) -> None:
        self.account_id = entry.account_id
        self.words = entry.author


def hear(entry: Entry) -> None:
    """A union covers the employer from now on, or the employer has closed: whatever was handed out for it is over."""
    if entry.thing != "employer" or entry.thing_id is None:
        return
    if entry.verb == "attach_union":
        end_by_itself(entry.thing_id, None, by=_Whoever(entry), on=clock.today())
    elif entry.verb == "edit_employer" and _closed(entry):
        end_by_itself(entry.thing_id, Outcome.CLOSED, by=_Whoever(entry), on=clock.today())


def _closed(entry: Entry) -> bool:
    changed: list[str | None] = (entry.detail or {}).get("closed_on") or []
    return len(changed) > 1 and _is_day(changed[1] or "")


def _is_day(written: str) -> bool:
    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return True
