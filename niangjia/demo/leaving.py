"""Members of the demo's mill who stay or leave: a transfer nobody answered, a leave, a question, a membership kept on."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

from niangjia.demo.rules.accounts import HONGYUAN
from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.registers.members.leaving.asking import ask_to_leave
from niangjia.registers.members.leaving.exits import propose_exit
from niangjia.registers.members.leaving.keeping import retain
from niangjia.registers.members.models import Person
from niangjia.registers.members.rules import RetainedReason
from niangjia.registers.members.transfers.raising import send_up

Ago = Callable[..., AbstractContextManager[None]]
Acting = Callable[[str], Actor]
LEAVES, ASKED, KEPT = "马玲", "吴小燕", "郑海霞"


def stay_and_leave(*, ago: Ago, actor: Acting, on: date) -> None:
    """Each as it happens by the services themselves."""
    kept, asked, leaves = (_person(name) for name in (KEPT, ASKED, LEAVES))
    if kept is not None:
        with ago(days=20):
            retain(kept.pk, RetainedReason.UNEMPLOYED, by=actor("zhangjianguo"), on=clock.today() - timedelta(days=10))
    if asked is not None:
        with ago(days=6):
            propose_exit(asked.pk, by=actor("zhangjianguo"))
    if leaves is not None:
        with ago(days=2):
            ask_to_leave(by=Actor(account_id=None, name="", subject_id=leaves.pk))
    with ago(hours=2):
        send_up(on=on)


def _person(name: str) -> Person | None:
    rows = Person.objects.filter(name=name, memberships__union__name=HONGYUAN, memberships__period__upper_inf=True)
    return rows.order_by("pk").first()
