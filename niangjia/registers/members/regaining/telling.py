"""Tell her at the phone that still counts, those who decide, and both desks where she says that it was not her."""

from niangjia.kernel import clock
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.cases.models import Running
from niangjia.kernel.cases.today import due_day
from niangjia.kernel.messages.rules import ToOffice, ToPerson
from niangjia.kernel.messages.services import send
from niangjia.registers.members.regaining.models import Regaining
from niangjia.registers.members.regaining.rules.moves import DECIDERS
from niangjia.registers.members.regaining.rules.workflow import DECIDE, WAIT
from niangjia.registers.members.rules.moves import EDIT_MEMBERS

ABOVE = frozenset(role.value for role in DECIDERS)
FILERS = frozenset(role.value for role in EDIT_MEMBERS.roles)
TIMES = {"regaining_agreed": WAIT, "regaining_new": DECIDE}


def tell_her(key: str, regaining: Regaining, *, place: int | None = None) -> None:
    """How far it is; the message lies in her inbox, a short one goes to the phone that she confirmed."""
    send(key, to=ToPerson(regaining.person_id), facts=_facts(key, regaining, place), about=regaining.pk)


def tell_deciders(regaining: Regaining, *, but: int | None) -> None:
    """It waits for two at the union above."""
    to = ToOffice(regaining.case.place_id, ABOVE, but=but)
    send("regaining_new", to=to, facts=_facts("regaining_new", regaining, regaining.home_id), about=regaining.pk)


def tell_desks(regaining: Regaining) -> None:
    """She says that it was not her: told above, and where it was filed."""
    facts = {"place": regaining.home_id}
    for place, roles in ((regaining.case.place_id, ABOVE), (regaining.home_id, FILERS)):
        send("regaining_not_her", to=ToOffice(place, roles), facts=facts, about=regaining.pk)


def _facts(key: str, regaining: Regaining, place: int | None) -> dict[str, object]:
    facts: dict[str, object] = {} if place is None else {"place": place}
    if key in TIMES:
        facts["last"] = _last_day(regaining, TIMES[key])
    return facts


def _last_day(regaining: Regaining, tier: str) -> object:
    with beyond(Purpose.CASES):
        running = Running.objects.filter(case=regaining.case_id, tier=tier, ended_at=None).first()
    return due_day(running.due_at if running else None) or clock.today()
