"""Who hears of a leave, of a proposed exit, and of a death."""

from niangjia.kernel.cases.models import Holding, Party, Running
from niangjia.kernel.cases.today import due_day
from niangjia.kernel.messages.rules import ToOffice, ToPerson
from niangjia.kernel.messages.services import send
from niangjia.registers.members.leaving.models import ExitProposal, Leaving
from niangjia.registers.members.leaving.rules.workflow import KEEPERS

ROLES = frozenset(role.value for role in KEEPERS)


def tell_keepers(key: str, row: Leaving | ExitProposal) -> None:
    """Those who keep the members of her union."""
    send(key, to=ToOffice(row.union_id, ROLES), facts={"place": row.union_id}, about=row.pk)


def tell_her(key: str, row: Leaving | ExitProposal) -> None:
    """The member herself."""
    facts: dict[str, object] = {"here": row.union_id}
    if key == "exit_proposed":
        running = Running.objects.filter(case=row.pk, ended_at=None, due_at__isnull=False).order_by("due_at").first()
        facts["last"] = due_day(running.due_at if running else None)
    send(key, to=ToPerson(row.person_id), facts=facts, about=row.pk)


def tell_above(key: str, row: ExitProposal) -> None:
    """The union above hers, where there is one."""
    above = row.union.place.parent_id
    if above is not None:
        send(key, to=ToOffice(above, ROLES), facts={"place": row.union_id}, about=row.pk)


def tell_open_cases(person_id: int) -> int:
    """Who works on something she asked for hears that she died, where they may know who asked; who may not, does not."""
    open_ones = Party.objects.filter(subject=person_id, case__closed_at=None).values_list("case", flat=True)
    told = Holding.objects.filter(case__in=open_ones, until=None, knows_who=True).select_related("case")
    for holding in told.order_by("pk"):
        to = ToOffice(holding.place_id, ROLES)
        send("asker_died", to=to, facts={"place": holding.place_id}, about=holding.case_id)
    return len(told)
