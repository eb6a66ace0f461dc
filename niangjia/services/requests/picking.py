"""Employers that somebody means while she writes a request down: found by name, pinyin, initials or code."""

from niangjia.kernel.access.rules import Actor, Move
from niangjia.kernel.web.picking import Choice, Pickable
from niangjia.registers.employers.queries import by_name_part, visible_to
from niangjia.services.requests.rules.moves import TAKE_DOWN


def _suggest(actor: Actor, move: Move, words: str, most: int) -> list[Choice]:
    found = by_name_part(visible_to(actor, move=move), words).select_related("place__union").order_by("name", "pk")
    return [Choice(str(each.pk), each.name, each.place.union.name) for each in found[:most]]


def _title_of(actor: Actor, move: Move, value: str) -> str:
    if not (value.isascii() and value.isdigit()):
        return ""
    return visible_to(actor, move=move).filter(pk=int(value)).values_list("name", flat=True).first() or ""


EMPLOYERS = Pickable((TAKE_DOWN,), _suggest, _title_of)
