"""Roles, and what a right is: role × place × purpose; it covers the place's whole subtree."""

from dataclasses import dataclass
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


@dataclass(frozen=True)
class Actor:
    """Whoever acts: an account with the rights in force today."""

    account_id: int | None
    name: str
    rights: tuple[Right, ...] = ()
    subject_id: int | None = None

    @classmethod
    def operator(cls) -> "Actor":
        """The operator at the machine's command line (运维), who holds the database anyway."""
        return cls(account_id=None, name="operator", rights=(Right(Role.OPERATOR, 0, "", "command line"),))

    @property
    def words(self) -> str:
        """Unit and role, as journal and member will read them."""
        if not self.rights:
            return self.name
        first = self.rights[0]
        return f"{first.place_name} {first.role.value}".strip()

    def paths(self, move: Move) -> tuple[str, ...]:
        """The subtrees where this actor may do this; none where there is no right."""
        return tuple(right.path for right in self.rights if right.role in move.roles or right.role == Role.OPERATOR)


def why_not(actor: Actor, move: Move, path: str) -> str | None:
    """None where the actor may, else the reason's code: `no_role`, or `out_of_scope`."""
    paths = actor.paths(move)
    if not paths:
        return "no_role"
    return None if any(path.startswith(own) for own in paths) else "out_of_scope"


def is_in_force(valid_from: date, valid_to: date | None, on: date) -> bool:
    """Whether a dated right counts on a day; its last day still counts."""
    return valid_from <= on and (valid_to is None or on <= valid_to)


def excluded_together(roles: frozenset[Role]) -> bool:
    """Whether one person may not hold these at once: two administrators, or one of them and any business role."""
    admins = roles & ADMINISTRATORS
    return len(admins) > 1 or bool(admins and roles - admins - {Role.WORKER})
