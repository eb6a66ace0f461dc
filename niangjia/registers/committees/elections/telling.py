"""Tell the union above that an election is reported, and the union what came of it."""

from niangjia.kernel.messages.rules import ToOffice
from niangjia.kernel.messages.services import send
from niangjia.kernel.places.models import Place
from niangjia.registers.committees.elections.models import Election
from niangjia.registers.committees.elections.rules.workflow import ABOVE, KEEPERS


def tell_above(key: str, election: Election) -> None:
    """To those who approve: at the nearest union above."""
    place: Place = election.case.place
    above = place.parent_id or place.pk
    to = ToOffice(above, frozenset(role.value for role in ABOVE))
    send(key, to=to, facts={"place": election.union_id}, about=election.pk)


def tell_union(key: str, election: Election) -> None:
    """To those who prepare it, at the union itself or above."""
    to = ToOffice(election.union_id, frozenset(role.value for role in KEEPERS))
    send(key, to=to, facts={"place": election.union_id}, about=election.pk)
