"""Tell whoever asked how far it is, and the union above that something waits; of one side nothing is told to the other."""

from niangjia.kernel import clock
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.cases.models import Case, Running
from niangjia.kernel.cases.queries import place_above
from niangjia.kernel.cases.today import due_day
from niangjia.kernel.messages.rules import ToOffice, ToPerson
from niangjia.kernel.messages.services import send
from niangjia.registers.founding.models import Founding, FoundingApplication
from niangjia.registers.founding.rules.moves import KEEPERS

ROLES = frozenset(role.value for role in KEEPERS)


def tell_of_application(application: FoundingApplication) -> None:
    """It came: to who asked, with the last day; and to who answers."""
    case = application.case
    facts = {"place": case.place_id, "last": _last_day(case)}
    send("founding_received", to=ToPerson(application.subject_id), facts=facts, about=application.pk)
    send("founding_new", to=ToOffice(case.place_id, ROLES), facts=facts, about=application.pk)


def tell_her(key: str, application: FoundingApplication, *, place: int | None = None) -> None:
    """How it went on, at her own phone."""
    case = application.case
    is_end = key in {"founding_refused", "founding_abandoned"}
    facts = {"above": place_above(case)} if is_end else {"place": place or case.place_id}
    send(key, to=ToPerson(application.subject_id), facts=facts, about=application.pk)


def tell_of_answer(application: FoundingApplication) -> None:
    """She brought what was asked for: the union goes on."""
    place = application.case.place_id
    send("founding_brought", to=ToOffice(place, ROLES), facts={"place": place}, about=application.pk)


def tell_of_result(founding: Founding, *, by: int | None) -> None:
    """An election was reported: another person approves it."""
    facts = {"place": founding.union_id, "last": _last_day(founding.case)}
    send("founding_reported", to=ToOffice(founding.case.place_id, ROLES, but=by), facts=facts, about=founding.case_id)


def _last_day(case: Case) -> object:
    with beyond(Purpose.CASES):
        running = Running.objects.filter(case=case, ended_at=None, due_at__isnull=False).order_by("due_at").first()
    return due_day(running.due_at if running else None) or clock.today()
