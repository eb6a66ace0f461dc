"""Levels of the tree of places, and how a path is written."""

from collections.abc import Iterable
from enum import StrEnum


class Level(StrEnum):
    """Level of a place (层级), from the nation down to a group."""

    NATION = "nation"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWN = "town"
    VILLAGE = "village"
    BASE = "base"
    BRANCH = "branch"
    GROUP = "group"

    @property
    def rank(self) -> int:
        """0 for the nation, 8 for a group."""
        return RANKS[self]


RANKS: dict[Level, int] = {level: rank for rank, level in enumerate(Level)}

# The levels that a place remembers of its ancestors, so that a board needs no walk up the tree.
COLUMN_LEVELS: tuple[Level, ...] = tuple(level for level in Level if level.rank <= Level.BASE.rank)


def path_of(place_id: int, parent_path: str) -> str:
    """The place's ancestors and itself, as `1.15.203.`: a prefix search finds the whole subtree."""
    return f"{parent_path}{place_id}."


def is_within(path: str, ancestor_path: str) -> bool:
    """Whether a place lies in another's subtree (a place lies in its own)."""
    return path.startswith(ancestor_path)


def ids_of(path: str) -> tuple[int, ...]:
    """The ids on a path, from the root to the place itself."""
    return tuple(int(part) for part in path.split(".") if part)


def common_ancestor(paths: Iterable[str]) -> int | None:
    """The nearest place above all of them, or None where they share none."""
    lines = [ids_of(path) for path in paths]
    shared = None
    for step in zip(*lines, strict=False):
        if len(set(step)) > 1:
            break
        shared = step[0]
    return shared
