"""A form (表单) as a line of work declares it: fields, their kinds, when they are asked, from where they are known already."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from niangjia.kernel.access.rules import Move
from niangjia.kernel.cases.drafts.rules.conditions import ALWAYS, AtLeast, AtMost, Condition, Is, OneOf, speaks_of

LONGEST = 2_000
_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")


class FieldKind(StrEnum):
    """What a field takes (字段类型)."""

    LINE = "line"
    WORDS = "words"
    NUMBER = "number"
    MONEY = "money"
    DAY = "day"
    CHOICE = "choice"
    YES_NO = "yes_no"
    # A person or a union, found while somebody types.
    PICK = "pick"
    # Pictures and documents, taken with the camera of a phone or chosen.
    FILES = "files"
    SIGNATURE = "signature"


NUMBERS = frozenset({FieldKind.NUMBER, FieldKind.MONEY})
# What comes as a file is held as a draft of the files themselves, and is not typed.
HELD = frozenset({FieldKind.FILES, FieldKind.SIGNATURE})


@dataclass(frozen=True)
class Field:
    """One question of a form: its words are marked for translation where they are declared.

    `least` and `most` bound a number, money in fen, or the length of words. `prefilled_by` is the key under which the
    register knows the answer already.
    """

    name: str
    kind: FieldKind
    label: str
    help: str = ""
    required: Condition = ALWAYS
    shown: Condition = ALWAYS
    choices: tuple[tuple[str, str], ...] = ()
    picks: str = ""
    picks_for: Move | None = None
    prefilled_by: str = ""
    least: int | None = None
    most: int | None = None

    @property
    def longest(self) -> int:
        """How many characters may be written."""
        return self.most if self.most is not None and self.kind not in NUMBERS else LONGEST


@dataclass(frozen=True)
class FormSheet:
    """The form of one move (办理表单): what is wrong in it is said when it is made."""

    key: str
    title: str
    fields: tuple[Field, ...]

    def __post_init__(self) -> None:
        """No form that could not be filled in."""
        found = list(_wrong(self))
        if found:
            raise ValueError(f"{self.key}: " + "; ".join(found))

    def field(self, name: str) -> Field:
        """The field of this name; `KeyError` where there is none."""
        return {field.name: field for field in self.fields}[name]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the fields, in order."""
        return tuple(field.name for field in self.fields)


def _wrong(sheet: FormSheet) -> Iterator[str]:
    """What is wrong in a form, one sentence each."""
    before: dict[str, Field] = {}
    for field in sheet.fields:
        if not _NAME.fullmatch(field.name) or field.name in before:
            yield f"{field.name} is no name, or stands twice"
        yield from _wrong_alone(field)
        for condition in (field.shown, field.required):
            yield from _wrong_condition(field, condition, before)
        before[field.name] = field


def _wrong_alone(field: Field) -> Iterator[str]:
    if (field.kind is FieldKind.CHOICE) is not bool(field.choices):
        yield f"{field.name} has choices and is none, or is one and has none"
    if (field.kind is FieldKind.PICK) is not bool(field.picks and field.picks_for):
        yield f"{field.name} is picked from nothing, or says what is picked and is not"


def _wrong_condition(field: Field, condition: Condition, before: dict[str, Field]) -> Iterator[str]:
    """A condition asks about fields that stand before, so that no two wait for each other, and for answers they can have."""
    yield from (
        f"{field.name} waits for {name}, which does not stand before it"
        for name in sorted(speaks_of(condition) - set(before))
    )
    for part in _parts(condition):
        asked = before.get(part.field)
        if asked is not None and not _can_be(part, asked):
            yield f"{field.name} waits for an answer that {part.field} cannot have"


def _parts(condition: Condition) -> Iterator[Is | OneOf | AtLeast | AtMost]:
    """The parts that compare an answer with something."""
    match condition:
        case Is() | OneOf() | AtLeast() | AtMost():
            yield condition
    for part in (*getattr(condition, "parts", ()), *filter(None, (getattr(condition, "part", None),))):
        yield from _parts(part)


def _can_be(part: Is | OneOf | AtLeast | AtMost, asked: Field) -> bool:
    codes = {code for code, _words in asked.choices}
    match part:
        case Is(_, bool()):
            return asked.kind is FieldKind.YES_NO
        case Is(_, value):
            return value in codes
        case OneOf(_, values):
            return values <= codes
    return asked.kind in NUMBERS
