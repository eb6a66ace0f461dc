"""Unions in fields that find what is meant: those where the actor may do it, by part of the name, pinyin, initials, code."""

from niangjia.kernel.access.rules import DELEGATE_ROLE, GRANT_ROLE, MANAGE_ACCOUNTS, Actor, Move
from niangjia.kernel.programs.rules import KEEP_PROGRAMS
from niangjia.kernel.web.picking import Choice, Pickable
from niangjia.registers.orgs.listing import level_words
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.queries import by_name_part, visible_to
from niangjia.registers.orgs.rules.moves import EDIT_UNION, REGISTER_UNION, REORGANISE, SEE_UNIONS


def _suggest(actor: Actor, move: Move, words: str, most: int) -> list[Choice]:
    unions = by_name_part(visible_to(actor, move=move).filter(place__closed_on=None), words)
    found = unions.select_related("place__parent__union").order_by("place__path")[:most]
    return [Choice(union.code, union.name, _note(union)) for union in found]


def _note(union: Union) -> str:
    above = union.place.parent.union.name if union.place.parent else ""
    return "，".join(filter(None, (above, str(level_words(union)), union.code)))


def _title_of(actor: Actor, move: Move, code: str) -> str:
    return visible_to(actor, move=move).filter(code=code).values_list("name", flat=True).first() or ""


def unions_for(*moves: Move) -> Pickable:
    """Unions that may be picked for these moves."""
    return Pickable(moves, _suggest, _title_of)


UNIONS = unions_for(
    SEE_UNIONS, REGISTER_UNION, EDIT_UNION, REORGANISE, MANAGE_ACCOUNTS, GRANT_ROLE, DELEGATE_ROLE, KEEP_PROGRAMS
)
