"""Two records side by side (逐项对照), sealed facts masked; what there is to pick where they differ."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from niangjia.kernel.cases.kinds import Words
from niangjia.kernel.web.templatetags.niangjia_web import day
from niangjia.registers.members.masked import shown_number, shown_phone
from niangjia.registers.members.merging.rules.deciding import FIELDS, IN_THE_NUMBER, LEFT, NUMBER, RIGHT
from niangjia.registers.members.models import Membership, Person
from niangjia.registers.members.roster.checking import CODED
from niangjia.registers.members.rules import ID_KINDS, READ_LIKE_ID_CARD, IdKind
from niangjia.registers.members.words import FIELD_WORDS, SEX_WORDS, STATE_BADGES, title_of


@dataclass(frozen=True)
class Line:
    """One fact of both records: its name, how either has it, whether they differ, and which is proposed."""

    name: str
    title: Words
    left: Words
    right: Words
    differs: bool
    proposed: str


def lines_of(left: Person, right: Person) -> list[Line]:
    """All facts, the number of the paper first; what both leave blank is not shown."""
    first = _of_number(left, right)
    cards = [IdKind(each.id_kind) in READ_LIKE_ID_CARD for each in (left, right)]
    return [first, *_others(left, right, born=not any(cards))]


def _of_number(left: Person, right: Person) -> Line:
    """A record with an identity card is proposed before one without."""
    said = [f"{title_of_kind(each)} {shown_number(each)}" for each in (left, right)]
    proposed = RIGHT if _is_card(right) and not _is_card(left) else LEFT
    return Line(NUMBER, FIELD_WORDS["id_number"], said[0], said[1], differs=True, proposed=proposed)


def _others(left: Person, right: Person, *, born: bool) -> Iterator[Line]:
    for name in FIELDS:
        # Beside the last four of a card no birth date: with the region they would make the whole number.
        if name in IN_THE_NUMBER and not born and name != "sex":
            continue
        one, two = (shown_of(each, name) for each in (left, right))
        if one or two:
            proposed = LEFT if one else RIGHT
            if name == "phone" and right.phone_confirmed_at and not left.phone_confirmed_at:
                proposed = RIGHT
            differs = _raw(left, name) != _raw(right, name) and name not in IN_THE_NUMBER
            yield Line(name, FIELD_WORDS[name], one or "—", two or "—", differs=differs, proposed=proposed)


def shown_of(person: Person, name: str) -> str:
    """One fact as a page may show it."""
    if name == "phone":
        phone = shown_phone(person)
        return _("{phone}（本人确认过）").format(phone=phone) if person.phone_confirmed_at else phone
    value = getattr(person, name)
    if name == "migrant":
        return title_of(CODED["migrant"], {None: "", True: "yes", False: "no"}[value])
    if name == "birth_on":
        return day(value)
    if name == "sex":
        return str(SEX_WORDS.get(value, ""))
    return title_of(CODED[name], value) if name in CODED else str(value)


def title_of_kind(person: Person) -> str:
    """Which paper it is."""
    return title_of(ID_KINDS, person.id_kind)


def membership_words(each: Membership) -> str:
    """A membership in one line."""
    return _("{union}，{state}，{since}起").format(
        union=each.union.name, state=STATE_BADGES[each.state], since=day(each.period.lower)
    )


def _raw(person: Person, name: str) -> Any:
    return bytes(person.phone_blind or b"") if name == "phone" else getattr(person, name)


def _is_card(person: Person) -> bool:
    return IdKind(person.id_kind) in READ_LIKE_ID_CARD
