"""Tell whoever applied how far it is, the union that decides, and a member whose number somebody else wrote."""

from niangjia.kernel import clock
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.cases.models import Case, Running
from niangjia.kernel.cases.queries import place_above
from niangjia.kernel.cases.today import due_day
from niangjia.kernel.messages.rules import ToOffice, ToPerson
from niangjia.kernel.messages.services import send
from niangjia.registers.members.joining.models import Application
from niangjia.registers.members.joining.rules.moves import KEEPERS
from niangjia.registers.members.models import Person

ROLES = frozenset(role.value for role in KEEPERS)


def tell_of_application(application: Application) -> None:
    """It came: to her, with the last day; and to who decides."""
    facts = {"place": application.union_id, "last": _last_day(application.case)}
    send("joining_received", to=ToPerson(application.subject_id), facts=facts, about=application.pk)
    send("joining_new", to=ToOffice(application.union_id, ROLES), facts=facts, about=application.pk)


def tell_whose_number(application: Application) -> None:
    """Somebody applied with the number of a person who is in the register by another phone: that person is told."""
    whose = Person.objects.filter(subject__key_blind=application.id_blind, erased_at=None).exclude(
        pk=application.subject_id
    )
    for subject_id in whose.values_list("pk", flat=True):
        send("joining_in_your_name", to=ToPerson(subject_id))


def tell_her(key: str, application: Application) -> None:
    """How it went on."""
    facts = {"place": application.union_id}
    if key == "joining_refused":
        facts = {"above": place_above(application.case)}
    send(key, to=ToPerson(application.subject_id), facts=facts, about=application.pk)


def tell_of_answer(application: Application) -> None:
    """She brought what was asked for: the union goes on."""
    facts = {"place": application.union_id}
    send("joining_brought", to=ToOffice(application.union_id, ROLES), facts=facts, about=application.pk)


def _last_day(case: Case) -> object:
    with beyond(Purpose.CASES):
        running = Running.objects.filter(case=case, ended_at=None, due_at__isnull=False).order_by("due_at").first()
    return due_day(running.due_at if running else None) or clock.today()
