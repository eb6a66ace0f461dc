"""Tell the union above that something waits for it, and the union what came of it."""

from niangjia.kernel.cases.models import Case
from niangjia.kernel.messages.rules import ToOffice
from niangjia.kernel.messages.services import send
from niangjia.registers.committees.motions.rules.workflow import ABOVE, KEEPERS


def tell_above(key: str, case: Case, union_id: int) -> None:
    """To those who approve: at the nearest union above."""
    above = case.place.parent_id or case.place_id
    send(key, to=ToOffice(above, frozenset(role.value for role in ABOVE)), facts={"place": union_id}, about=case.pk)


def tell_union(key: str, case: Case, union_id: int) -> None:
    """To those who asked, at the union itself or above."""
    send(
        key, to=ToOffice(union_id, frozenset(role.value for role in KEEPERS)), facts={"place": union_id}, about=case.pk
    )
