"""Walls (行级权限): which rows of a table an actor meets, as policies that PostgreSQL adds to every statement.

A wall is declared in `walls.py` of the slice that gives the rows their meaning, built by a migration of that slice, and a
test holds the database against the declaration. Conditions are SQL; work beyond one person's scope passes every wall.
Functions stand in a sub-select, so that PostgreSQL asks them once for a statement and not once for a row.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BEYOND = "(SELECT acts_beyond())"
# A condition for rows that hold nothing of a person: read by whoever is let in, and found by every index.
EVERYBODY = "true"
NOBODY = "false"
# Somebody must be named, whoever it is.
ANYBODY_NAMED = "(SELECT acting_as()) IS NOT NULL"
ACCOUNT = "(SELECT acting_account())"
SUBJECT = "(SELECT acting_subject())"
# Rows of a history are written by the triggers of what they are the history of, and by nobody else.
BY_TRIGGER = "pg_trigger_depth() > 0"


@dataclass(frozen=True)
class Wall:
    """The conditions of one table: which rows are read, added, changed and removed.

    `locks` are rows that may be held while something is decided from them, but not changed; nothing else where it is empty.
    """

    table: str
    reads: str
    adds: str = NOBODY
    changes: str = NOBODY
    removes: str = NOBODY
    locks: str = ""


@dataclass(frozen=True)
class Sight:
    """One more condition under which rows of a table walled elsewhere are read."""

    table: str
    name: str
    reads: str


def paths_of(roles: Iterable[str]) -> str:
    """The subtrees where the actor holds one of these roles today."""
    named = ",".join(sorted(roles))
    return f"(SELECT acting_paths('{{{named}}}'))::text[]"


def everywhere(roles: Iterable[str]) -> str:
    """Whether the actor holds one of these roles today at the top of every tree: then no row has to be asked where it is."""
    named = ",".join(sorted(roles))
    return f"(SELECT acting_everywhere('{{{named}}}'))"


def stands_in(place: str, roles: Iterable[str]) -> str:
    """Whether the place in this column lies where the actor holds one of these roles today."""
    roles = sorted(roles)
    below = f"EXISTS (SELECT FROM places_place p WHERE p.id = {place} AND p.path ^@ ANY ({paths_of(roles)}))"
    return f"(({everywhere(roles)} AND {place} IS NOT NULL) OR {below})"


def built(walls: Sequence[Wall | Sight]) -> list[str]:
    """The statements that build these walls anew, whatever stood there."""
    return [statement for wall in walls for statement in _built(wall)]


def torn_down(walls: Sequence[Wall | Sight]) -> list[str]:
    """The statements that take these walls away."""
    statements = []
    for wall in walls:
        statements += [f"DROP POLICY IF EXISTS {name} ON {wall.table}" for name in _names(wall)]
        if isinstance(wall, Wall):
            statements += [f"ALTER TABLE {wall.table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY"]
    return statements


def _built(wall: Wall | Sight) -> list[str]:
    away = [f"DROP POLICY IF EXISTS {name} ON {wall.table}" for name in _names(wall)]
    if isinstance(wall, Sight):
        return [*away, f"CREATE POLICY {wall.name} ON {wall.table} FOR SELECT USING ({wall.reads})"]
    reads, adds, changes, removes = (
        _or_beyond(condition) for condition in (wall.reads, wall.adds, wall.changes, wall.removes)
    )
    held = f"{changes} OR {wall.locks}" if wall.locks else changes
    return [
        *away,
        f"ALTER TABLE {wall.table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY reads ON {wall.table} FOR SELECT USING ({reads})",
        f"CREATE POLICY adds ON {wall.table} FOR INSERT WITH CHECK ({adds})",
        f"CREATE POLICY changes ON {wall.table} FOR UPDATE USING ({held}) WITH CHECK ({changes})",
        f"CREATE POLICY removes ON {wall.table} FOR DELETE USING ({removes})",
        # The owner migrates, and judges scopes in functions of its own; people and jobs never act as the owner.
        f"CREATE POLICY owner_works ON {wall.table} TO CURRENT_USER USING (true) WITH CHECK (true)",
    ]


def _or_beyond(condition: str) -> str:
    if condition == NOBODY:
        return BEYOND
    return condition if condition == EVERYBODY else f"{BEYOND} OR {condition}"


def _names(wall: Wall | Sight) -> tuple[str, ...]:
    return (wall.name,) if isinstance(wall, Sight) else ("reads", "adds", "changes", "removes", "owner_works")
