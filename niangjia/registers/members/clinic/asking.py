"""Have everybody looked through soon (现在查一遍); asked twice, it is done once."""

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.registers.members.clinic.rules import REPAIR_MEMBERS

QUEUE, LOOK = "members", "clinic.look"


def look_soon(*, by: Actor) -> None:
    """A job does it; where one waits already, that one answers for it."""
    if not by.paths(REPAIR_MEMBERS):
        raise Forbidden("no_role")
    try:
        with transaction.atomic():
            app.configure_task(LOOK, queue=QUEUE, queueing_lock=LOOK).defer()
    except AlreadyEnqueued:
        return
