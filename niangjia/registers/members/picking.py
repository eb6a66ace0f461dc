"""The unions that a member may be registered in; members who are meant by name, pinyin, initials or tail."""

from niangjia.kernel.access.rules import Actor, Move
from niangjia.kernel.web.picking import Choice, Pickable
from niangjia.registers.members.masked import tail_of
from niangjia.registers.members.queries import matching, visible_to, with_latest
from niangjia.registers.members.rules.moves import EDIT_MEMBERS, SEE_MEMBERS
from niangjia.registers.orgs.picking import unions_for

UNIONS_OF_MEMBERS = unions_for(EDIT_MEMBERS)


def _suggest(actor: Actor, _move: Move, words: str, most: int) -> list[Choice]:
    found = with_latest(matching(visible_to(actor), words)).order_by("name_sort", "subject")[:most]
    return [
        Choice(str(each.pk), each.name, "，".join(filter(None, (tail_of(each), each.shown_union)))) for each in found
    ]


def _title_of(actor: Actor, _move: Move, value: str) -> str:
    if not (value.isascii() and value.isdigit()):
        return ""
    return visible_to(actor).filter(pk=int(value)).values_list("name", flat=True).first() or ""


MEMBERS = Pickable((SEE_MEMBERS,), _suggest, _title_of)
