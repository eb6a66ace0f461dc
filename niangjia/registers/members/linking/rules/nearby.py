"""The numbers that somebody may have meant (相近号码): what a mistyped one is found by in an index of whole numbers."""

from collections.abc import Iterable, Iterator
from operator import mul

from niangjia.registers.members.linking.rules.levels import FIRST_15, LOST_TAIL
from niangjia.registers.members.linking.rules.records import ID_DIGITS
from niangjia.registers.members.rules import check_digit
from niangjia.registers.members.rules.id_numbers import passes

_DIGITS = "0123456789"
_MARKS, _MODULUS = f"{_DIGITS}X", 11
_WEIGHTS = tuple(pow(2, ID_DIGITS - 1 - at, _MODULUS) for at in range(ID_DIGITS))
_INVERSES = tuple(pow(weight, -1, _MODULUS) for weight in _WEIGHTS)


def meant_numbers(number: str, *, proven: bool) -> frozenset[str]:
    """The number itself, and where it is not proven every proven number one slip away from it, or cut like it."""
    if proven:
        return frozenset({number})
    return frozenset({number} | {text for text in _slips(number) if passes(text)} | set(_uncut(number)))


def _another_mark(number: str) -> Iterator[str]:
    """One character mistyped: at each place the only one with which the check would pass.

    The weighted sum of all eighteen has to leave 1 when it is divided by 11 (GB 11643); X counts ten.
    """
    if not number[:-1].isdigit() or number[-1] not in _MARKS:
        return
    values = _values(number)
    excess = _excess(values)
    for at, (value, inverse) in enumerate(zip(values, _INVERSES, strict=True)):
        right = (value - excess * inverse) % _MODULUS
        if right < len(_DIGITS) or at == ID_DIGITS - 1:
            yield number[:at] + _MARKS[right] + number[at + 1 :]


def _neighbours_exchanged(number: str) -> Iterator[str]:
    """Two neighbours written the other way round, where the check would pass."""
    if not set(number) <= set(_MARKS):
        return
    values = _values(number)
    excess = _excess(values)
    for at in range(ID_DIGITS - 1):
        if (excess + (values[at + 1] - values[at]) * (_WEIGHTS[at] - _WEIGHTS[at + 1])) % _MODULUS == 0:
            yield number[:at] + number[at + 1] + number[at] + number[at + 2 :]


def _values(number: str) -> list[int]:
    return [_MARKS.index(mark) for mark in number]


def _excess(values: Iterable[int]) -> int:
    """What the weighted sum has more than a number that passes."""
    return sum(map(mul, values, _WEIGHTS)) - 1


def _slips(number: str) -> Iterator[str]:
    length = len(number)
    if length == ID_DIGITS:
        yield from _another_mark(number)
        yield from _neighbours_exchanged(number)
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
