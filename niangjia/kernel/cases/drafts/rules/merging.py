"""Two people change one record at once (两人同时改): decided field by field, and nobody's words are lost unseen."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from niangjia.kernel.cases.drafts.rules.conditions import Answer, Answers, is_blank


class Keep(StrEnum):
    """Whose answer stays where both changed one (留谁的)."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True)
class Conflict:
    """A field that both changed, each to something else: what stood there, what I wrote, what stands there now."""

    seen: Answer
    mine: Answer
    theirs: Answer


@dataclass(frozen=True)
class Merged:
    """What two changes come to: answers that are settled, those taken over from the other, and what has to be chosen."""

    answers: dict[str, Answer]
    taken: frozenset[str]
    conflicts: dict[str, Conflict]


def merge(seen: Answers, mine: Answers, theirs: Answers) -> Merged:
    """Of each field: changed by the other alone, it is taken; by me alone, it stays mine; by both, it is asked.

    `seen` is what I was shown, `mine` what I send, `theirs` what is stored by now. A field of which one of them does not
    speak is as blank there. Both having written the same is no conflict.
    """
    answers: dict[str, Answer] = {}
    taken: set[str] = set()
    conflicts: dict[str, Conflict] = {}
    for name in dict.fromkeys((*seen, *mine, *theirs)):
        was, own, other = (_tidy(each.get(name)) for each in (seen, mine, theirs))
        if _same(own, other) or _same(other, was):
            answers[name] = own
        elif _same(own, was):
            answers[name] = other
            taken.add(name)
        else:
            conflicts[name] = Conflict(was, own, other)
    return Merged(answers, frozenset(taken), conflicts)


def settle(merged: Merged, chosen: Mapping[str, Keep]) -> Merged:
    """The same once somebody has chosen whose answer stays; what she did not choose is still asked."""
    picked = {name: each for name, each in merged.conflicts.items() if name in chosen}
    won = {name: each.mine if chosen[name] is Keep.MINE else each.theirs for name, each in picked.items()}
    taken = merged.taken | {name for name in picked if chosen[name] is Keep.THEIRS}
    left = {name: each for name, each in merged.conflicts.items() if name not in picked}
    return Merged(merged.answers | won, taken, left)


def _tidy(answer: Answer) -> Answer:
    return None if is_blank(answer) else answer


def _same(one: Answer, other: Answer) -> bool:
    """Whether two answers are the same; 「是」 is not the number 1."""
    return type(one) is type(other) and one == other
