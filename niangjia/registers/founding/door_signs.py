"""What hangs at a union's door (门牌): read by everybody who passes, written by the union itself or one above."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.kernel import clock
from niangjia.kernel.access.queries import within
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.cases.kinds import Words
from niangjia.kernel.journal.services import record
from niangjia.registers.founding.models import DoorSign
from niangjia.registers.founding.queries import door_of
from niangjia.registers.founding.rules.moves import KEEP_DOOR
from niangjia.registers.orgs.models import Union


@dataclass(frozen=True)
class Sign:
    """What a door says besides name, address and phone (门牌内容)."""

    hours: str = ""
    way: str = ""
    contact: str = ""
    contact_agreed: bool = False


def kept_by(actor: Actor, code: str) -> Union | None:
    """The open union of this code, where the actor may say what hangs at its door."""
    rows = Union.objects.filter(within(actor.paths(KEEP_DOOR), field="place__path"), code=code, place__closed_on=None)
    return rows.select_related("place").first()


def may_keep(actor: Actor, union: Union) -> bool:
    """Whether the actor may change what hangs there."""
    return kept_by(actor, union.code) is not None


@transaction.atomic
def hang(union_id: int, sign: Sign, *, by: Actor) -> DoorSign:
    """Hang a sign at a union's door (挂门牌); a person's name only with her own word."""
    union = Union.objects.select_related("place").filter(pk=union_id).first()
    if union is None or not may_keep(by, union):
        raise Forbidden("out_of_scope")
    written = {
        "city": union.city,
        "hours": sign.hours.strip(),
        "way": sign.way.strip(),
        "contact": sign.contact.strip() if sign.contact_agreed else "",
        "contact_agreed": bool(sign.contact.strip()) and sign.contact_agreed,
        "changed_at": clock.now(),
        "changed_by_id": by.account_id,
    }
    row, _made = DoorSign.objects.update_or_create(pk=union.pk, defaults=written)
    # No name of a person goes into the journal: whether one is published is enough.
    detail = {"hours": row.hours, "names": bool(row.contact)}
    record("hang_door_sign", by=by, thing="union", thing_id=union.pk, place=(union.city, union.pk), detail=detail)
    return row


def facts_at(union: Union) -> list[tuple[Words, str]]:
    """What the door page and the poster say of a union besides what is registered."""
    sign = door_of(union)
    if sign is None:
        return []
    facts: list[tuple[Words, str]] = [(_("开门时间"), sign.hours), (_("怎么走"), sign.way), (_("联系人"), sign.contact)]
    return [(term, value) for term, value in facts if value]
