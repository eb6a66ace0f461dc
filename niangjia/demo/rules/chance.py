"""Chance that can be repeated: everything in a demo world follows from its name, never from a clock."""

from random import Random
from typing import Generic, TypeVar

Value = TypeVar("Value")


def chance(*parts: object) -> Random:
    """A source of chance of its own for each part of a world; the same parts give the same draws."""
    return Random(":".join(map(str, parts)))  # noqa: S311 - a demo world must be repeatable, nothing is secret here


def happens(source: Random, share: float) -> bool:
    """Whether something happens that happens in this share of cases."""
    return source.random() < share


def words(line: str) -> tuple[str, ...]:
    """The words of a line."""
    return tuple(line.split())


class Pick(Generic[Value]):
    """A weighted choice (按比例抽取), laid out so that one draw costs one look-up."""

    def __init__(self, weights: dict[Value, float], *, slots: int = 4096) -> None:
        """Every value gets at least one of about `slots` places."""
        total = sum(weights.values())
        self._slots: list[Value] = []
        for value, weight in weights.items():
            self._slots += [value] * max(1, round(weight / total * slots))
        self._size = len(self._slots)

    def draw(self, source: Random) -> Value:
        """One value."""
        return self._slots[int(source.random() * self._size)]
