"""Whether two requests are about the same thing (疑似重复): the same asker, topic and employer, or nearly the same words."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

# Both our own defaults (本系统默认值).
WITHIN = timedelta(days=60)
ALIKE = 0.45
SHORTEST = 8
MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Facts:
    """What two requests are compared by; `askers` and `text` may be empty."""

    request_id: int
    topic: str
    employer_id: int | None
    opened_at: datetime
    askers: frozenset[int] = frozenset()
    text: str = ""


def pairs(text: str) -> frozenset[str]:
    """A text as the set of its neighbouring characters, marks and spaces left out."""
    plain = MARKS.sub("", text)
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))


def likeness(one: str, other: str) -> float:
    """How much two texts have in common, from 0 to 1 (相似度)."""
    left, right = pairs(one), pairs(other)
    return len(left & right) / len(left | right) if left and right else 0.0


def same_thing(one: Facts, other: Facts) -> str | None:
    """Why two requests may be one: `same_asker`, `same_words`; None where nothing says so."""
    if one.request_id == other.request_id or abs(one.opened_at - other.opened_at) > WITHIN:
        return None
    about_the_same = one.topic == other.topic and one.employer_id == other.employer_id
    if about_the_same and one.askers & other.askers:
        return "same_asker"
    long_enough = min(len(one.text), len(other.text)) >= SHORTEST
    if long_enough and one.employer_id == other.employer_id and likeness(one.text, other.text) >= ALIKE:
        return "same_words"
    return None
