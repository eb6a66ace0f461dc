"""The numbers that somebody may have meant (相近号码): what a mistyped one is found by in an index of whole numbers."""

from collections.abc import Iterator

from niangjia.registers.members.linking.rules.levels import FIRST_15, LOST_TAIL
from niangjia.registers.members.linking.rules.records import ID_DIGITS, read_id
from niangjia.registers.members.rules import check_digit

_DIGITS = "0123456789"


def meant_numbers(number: str, *, proven: bool) -> frozenset[str]:
    """The number itself, and where it is not proven every proven number one slip away from it, or cut like it."""
    if proven:
        return frozenset({number})
    meant = {text for text in _slips(number) if _passes(text) and read_id(text).proven}
    return frozenset({number} | meant | set(_uncut(number)))


def _passes(text: str) -> bool:
    """Whether the last character is the check digit of the others: asked first, for it rules out ten of eleven."""
    first17 = text[: ID_DIGITS - 1]
    return first17.isdigit() and check_digit(first17) == text[ID_DIGITS - 1 :]


def _slips(number: str) -> Iterator[str]:
    length = len(number)
    if length == ID_DIGITS:
        yield from (number[:at] + digit + number[at + 1 :] for at in range(length) for digit in _DIGITS)
        yield number[:-1] + "X"
        yield from (number[:at] + number[at + 1] + number[at] + number[at + 2 :] for at in range(length - 1))
    elif length == ID_DIGITS - 1:
        yield from (number[:at] + digit + number[at:] for at in range(length + 1) for digit in _DIGITS)
        yield number + "X"
    elif length == ID_DIGITS + 1:
        yield from (number[:at] + number[at + 1 :] for at in range(length))


def _uncut(number: str) -> Iterator[str]:
    """A sheet kept fifteen digits: the two after them are any, the last follows."""
    if len(number) == ID_DIGITS and number.endswith(LOST_TAIL):
        heads = (f"{number[:FIRST_15]}{tail:02d}" for tail in range(100))
        yield from (head + check_digit(head) for head in heads if head.isdigit())
