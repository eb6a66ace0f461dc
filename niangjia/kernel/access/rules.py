"""Roles, and what a right is: role × place × purpose; it covers the place's whole subtree."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    """Role (角色) that a right gives at a place."""

    CADRE = "cadre"
    CHAIR = "chair"
    OFFICER = "officer"
    AUDITOR = "auditor"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"
    WORKER = "worker"
    OPERATOR = "operator"
    PROGRAM = "program"


# Our own default (本系统默认值): a year, the first day counted.
LONGEST_DELEGATION_DAYS = 366

ROLE_CODES = frozenset(role.value for role in Role)
# Neither is given to an account: the one runs the machine, the other is a program with a key (接口).
NEVER_GIVEN = frozenset({Role.OPERATOR, Role.PROGRAM})

# 等保 (GB/T 22239-2019): the three administrators are different persons, and none has business rights.
ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})


@dataclass(frozen=True)
class Right:
    """A right in force: a role at a place; `path` covers the subtree, the empty path of the operator covers all."""

    role: Role
    place_id: int
    path: str
    place_name: str = ""


@dataclass(frozen=True)
class Move:
    """One thing somebody may do (动作), and the roles that may do it within their places."""

    name: str
    roles: frozenset[Role]


# 等保: the security administrator gives and takes rights; the system administrator opens accounts.
GRANT_ROLE = Move("grant_role", frozenset({Role.SECURITY_ADMIN}))
MANAGE_ACCOUNTS = Move("manage_accounts", frozenset({Role.SYSTEM_ADMIN}))
GUARD_ACCOUNTS = Move("guard_accounts", frozenset({Role.SECURITY_ADMIN}))
SEE_ACCOUNTS = Move("see_accounts", ADMINISTRATORS)
DELEGATE_ROLE = Move("delegate_role", frozenset({Role.CADRE}))

# What a role may be handed down as: one's own, or a lower one.
DELEGATED_ROLES = {Role.CADRE: (Role.CADRE, Role.CHAIR, Role.OFFICER)}


@dataclass(frozen=True)
class Actor:
    """Whoever acts: an account with the rights in force today."""

    account_id: int | None
    name: str
    rights: tuple[Right, ...] = ()
    subject_id: int | None = None
    # The subtree looked at now, where the rights were cut to it.
    at: str = ""

    @classmethod
    def operator(cls) -> "Actor":
        """The operator at the machine's command line (运维), who holds the database anyway."""
        return cls(account_id=None, name="operator", rights=(Right(Role.OPERATOR, 0, "", "command line"),))

    @property
    def words(self) -> str:
        """Unit and role as the journal keeps them: `cadre@41 安禾县总工会`, see `author_of`."""
        if not self.rights:
            # No name of a person: an entry of the journal can never be erased.
            return self.name if self.account_id is None else Role.WORKER.value
        first = self.rights[0]
        return f"{first.role.value}@{first.place_id} {first.place_name}".strip()

    @property
    def known_as(self) -> str:
        """How the database knows whoever has no account and is not the operator; empty for everybody else."""
        return ""

    def paths(self, move: Move) -> tuple[str, ...]:
        """The subtrees where this actor may do this; none where there is no right."""
        return tuple(right.path for right in self.rights if right.role in move.roles or right.role == Role.OPERATOR)


@dataclass(frozen=True)
class Author:
    """Who an entry of the journal says it was: the role, the place, and the unit as it was called then."""

    role: Role | None
    place_id: int | None
    unit: str


def author_of(text: str) -> Author:
    """The author of an entry, read from its text; also from entries that say unit and role only."""
    head, _, rest = text.partition(" ")
    role, at, place = head.partition("@")
    if at and role in ROLE_CODES and place.isdecimal():
        return Author(Role(role), int(place) or None, rest)
    unit, _, last = text.rpartition(" ")
    return Author(Role(last), None, unit) if last in ROLE_CODES else Author(None, None, text)


def why_not(actor: Actor, move: Move, path: str) -> str | None:
    """None where the actor may, else the reason's code: `no_role`, or `out_of_scope`."""
    paths = actor.paths(move)
    if not paths:
        return "no_role"
    return None if any(path.startswith(own) for own in paths) else "out_of_scope"


def looking_at(actor: Actor, path: str) -> Actor:
    """The actor as she looks at one subtree: rights of work cut to it, those beside it left out; never more than before."""
    cut = (_cut(right, path) for right in actor.rights)
    return replace(actor, rights=tuple(right for right in cut if right is not None), at=path)


def _cut(right: Right, path: str) -> Right | None:
    if right.role == Role.WORKER or right.path.startswith(path):
        return right
    return replace(right, path=path) if path.startswith(right.path) else None


def is_in_force(valid_from: date, valid_to: date | None, on: date) -> bool:
    """Whether a dated right counts on a day; its last day still counts."""
    return valid_from <= on and (valid_to is None or on <= valid_to)


def why_not_delegate(
    own: Right, role: Role, *, path: str, days: tuple[date, date], own_last: date | None
) -> str | None:
    """None where a right may be handed down like this, else the reason's code: never wider, never longer, only so far."""
    first, last = days
    if role not in DELEGATED_ROLES.get(own.role, ()):
        return "role_not_lower"
    if not path.startswith(own.path):
        return "out_of_scope"
    if last < first:
        return "ends_before_it_begins"
    if own_last is not None and last > own_last:
        return "outlives_own"
    return "too_long" if (last - first).days >= LONGEST_DELEGATION_DAYS else None


def excluded_together(roles: frozenset[Role]) -> bool:
    """Whether one person may not hold these at once: two administrators, or one of them and any business role."""
    admins = roles & ADMINISTRATORS
    return len(admins) > 1 or bool(admins and roles - admins - {Role.WORKER})
