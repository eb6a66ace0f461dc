"""What a union needs to work (四有): people are known from the registers, the rest is stated, with a day and by whom."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from niangjia.kernel.access.rules import Move, Role
from niangjia.kernel.chinese import Reason, gettext_noop

SEE_HAVES = Move("see_haves", frozenset({Role.CADRE, Role.CHAIR, Role.OFFICER}))
STATE_HAVES = Move("state_haves", frozenset({Role.CADRE, Role.CHAIR}))
MOVES = (SEE_HAVES, STATE_HAVES)
NUMBER = re.compile(r"\d{9,}")


class Have(StrEnum):
    """One of the four things (四有) that a union needs: 有人办事、有钱办事、有地方办事、有制度."""

    PEOPLE = "people"
    MONEY = "money"
    ROOM = "room"
    RULES = "rules"


# People are never stated: who leads a union or serves it stands in the registers.
STATED = (Have.MONEY, Have.ROOM, Have.RULES)


@dataclass(frozen=True)
class Said:
    """One thing that is stated: whether it is there, and how."""

    have: Have
    is_there: bool
    words: str = ""


def said_faults(said: tuple[Said, ...], on: date, *, today: date) -> dict[str, Reason]:
    """What is wrong with a statement, by field: what is there wants a word of how, and no account number."""
    faults: dict[str, Reason] = {}
    for each in said:
        if each.is_there and not each.words.strip():
            faults[f"{each.have}_words"] = Reason("say_how", _SAY_HOW, {})
        elif NUMBER.search(each.words):
            faults[f"{each.have}_words"] = Reason("no_numbers", _NO_NUMBERS, {})
    if on > today:
        faults["on"] = Reason("later", _LATER, {})
    if not said:
        faults["__all__"] = Reason("nothing_said", _NOTHING_SAID, {})
    return faults


_SAY_HOW = gettext_noop("写一句：钱从哪里来、地方在哪里、是哪份制度。上一级看得懂就行。")
_NO_NUMBERS = gettext_noop("不要写银行账号、电话这样的长号码。写「独立账户」「上级补助」就行。")
_LATER = gettext_noop("这一天还没有到。写看到的那一天。")
_NOTHING_SAID = gettext_noop("三样都没有选。至少说一样有没有。")
