"""When a field is shown, and when it has to be filled in: a closed expression over what was answered before it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# Numbers of files are a tuple; money is in fen; a day is written 2026-11-20.
Answer = str | int | bool | tuple[int, ...] | None
Answers = Mapping[str, Answer]


@dataclass(frozen=True)
class Always:
    """Whatever was answered."""


@dataclass(frozen=True)
class Given:
    """The field was answered."""

    field: str


@dataclass(frozen=True)
class Is:
    """The field has this answer."""

    field: str
    value: str | bool


@dataclass(frozen=True)
class OneOf:
    """The field has one of these answers."""

    field: str
    values: frozenset[str]


@dataclass(frozen=True)
class AtLeast:
    """The number, or the money in fen, is not below this."""

    field: str
    number: int


@dataclass(frozen=True)
class AtMost:
    """The number, or the money in fen, is not above this."""

    field: str
    number: int


@dataclass(frozen=True)
class All:
    """Each of them holds."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True)
class AnyOf:
    """One of them holds."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True)
class Not:
    """It does not hold."""

    part: "Condition"


Condition = Always | Given | Is | OneOf | AtLeast | AtMost | All | AnyOf | Not
ALWAYS = Always()
NEVER = Not(ALWAYS)


def is_blank(answer: Answer) -> bool:
    """Whether nothing was answered; 「否」 and zero are answers."""
    return answer is None or answer in ("", ())


def holds(condition: Condition, answers: Answers) -> bool:
    """Whether a condition holds of these answers; what was not answered is neither this nor that."""
    match condition:
        case Always():
            return True
        case All(parts):
            return all(holds(part, answers) for part in parts)
        case AnyOf(parts):
            return any(holds(part, answers) for part in parts)
        case Not(part):
            return not holds(part, answers)
    return _holds_of(condition, answers.get(condition.field))


def _holds_of(condition: Given | Is | OneOf | AtLeast | AtMost, answer: Answer) -> bool:
    if is_blank(answer):
        return False
    match condition:
        case Is(_, value):
            return type(answer) is type(value) and answer == value
        case OneOf(_, values):
            return isinstance(answer, str) and answer in values
        case AtLeast(_, number):
            return _is_number(answer) and answer >= number  # type: ignore[operator]  # a number, as asked before
        case AtMost(_, number):
            return _is_number(answer) and answer <= number  # type: ignore[operator]  # as above
    return True


def _is_number(answer: Answer) -> bool:
    return isinstance(answer, int) and not isinstance(answer, bool)


def speaks_of(condition: Condition) -> frozenset[str]:
    """The fields that a condition asks about."""
    match condition:
        case Always():
            return frozenset()
        case All(parts) | AnyOf(parts):
            return frozenset().union(*(speaks_of(part) for part in parts))
        case Not(part):
            return speaks_of(part)
    return frozenset({condition.field})


def plain(condition: Condition) -> list[Any]:
    """The condition as plain lists, for the script of the page, which knows these words and no others."""
    match condition:
        case Always():
            return ["always"]
        case All(parts):
            return ["all", *(plain(part) for part in parts)]
        case AnyOf(parts):
            return ["any", *(plain(part) for part in parts)]
        case Not(part):
            return ["not", plain(part)]
    return [_WORDS[type(condition)], condition.field, *_compared(condition)]


_WORDS: dict[type[Condition], str] = {Given: "given", Is: "is", OneOf: "one", AtLeast: "least", AtMost: "most"}


def _compared(condition: Given | Is | OneOf | AtLeast | AtMost) -> list[Any]:
    match condition:
        case Is(_, value):
            # A page knows 「是」 and 「否」 as words.
            return [("yes" if value else "no") if isinstance(value, bool) else value]
        case OneOf(_, values):
            return sorted(values)
        case AtLeast(_, number) | AtMost(_, number):
            return [number]
    return []
