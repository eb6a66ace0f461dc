"""Tell whoever it is about that two records were joined or taken apart, by every phone she confirmed; and the desk that she objects."""

from niangjia.kernel.messages.rules import ToOffice, ToPerson
from niangjia.kernel.messages.services import send
from niangjia.registers.members.merging.models import Merge
from niangjia.registers.members.merging.rules.moves import KEEPERS

ROLES = frozenset(role.value for role in KEEPERS)


def tell_her(key: str, merge: Merge) -> None:
    """To both records: the message lies with the one that stays, a short message goes to the phone of either."""
    send(key, to=ToPerson(merge.kept_id), facts={"place": merge.case.place_id}, about=merge.pk)
    if merge.phone_sealed or key == "merge_undone":
        send(key, to=ToPerson(merge.gone_id), facts={"place": merge.case.place_id}, about=merge.pk)


def tell_desk(merge: Merge) -> None:
    """She says that they are two."""
    to = ToOffice(merge.case.place_id, ROLES)
    send("merge_objected", to=to, facts={"place": merge.case.place_id}, about=merge.pair_id)
