"""What follows from a move with an application to set up a union: each belongs to a service of its own, or is told."""

from django.db import transaction

from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.pages.pressing import Pressed, press
from niangjia.registers.founding.electing import approve, report
from niangjia.registers.founding.models import FoundingApplication
from niangjia.registers.founding.preparing import abandon, prepare
from niangjia.registers.founding.rules.workflow import (
    ABANDON,
    APPROVE,
    ASK,
    BRING,
    FRUITLESS,
    PREPARE,
    REFUSED,
    REPORT,
)
from niangjia.registers.founding.telling import tell_her, tell_of_answer

SERVICES = {PREPARE: prepare, REPORT: report, APPROVE: approve, ABANDON: abandon}


@transaction.atomic
def done(case_id: int, move: str, pressed: Pressed) -> Case:
    """Make a move that was pressed, and what belongs to it."""
    if move in SERVICES:
        return SERVICES[move](case_id, pressed)
    case = press(case_id, move, pressed)
    case.refresh_from_db()
    application = FoundingApplication.objects.select_related("case").get(pk=case_id)
    if case.stage in FRUITLESS:
        application.settled_at = pressed.at
        application.save(update_fields=["settled_at"])
    if move == ASK:
        tell_her("founding_asks", application)
    elif move == BRING:
        tell_of_answer(application)
    elif case.stage == REFUSED:
        tell_her("founding_refused", application)
    return case
