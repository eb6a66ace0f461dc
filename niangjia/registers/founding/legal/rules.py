"""When a certificate holds (工会法人资格证书): as long as the term it was given for, and as long as it says what is so. Pure.

A change of name, seat or legal representative is registered within 30 days; re-election asks for a new certificate; a base
union is registered free of charge by the 总工会 of the county or above (工会法第十五条).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from niangjia.kernel.access.rules import Move, Role

REGISTER_LEGAL = Move("register_legal_person", frozenset({Role.CADRE}))
SEE_LEGAL = Move("see_legal_person", frozenset({Role.CADRE, Role.CHAIR, Role.OFFICER, Role.AUDITOR}))
CHANGE_WITHIN = timedelta(days=30)


class LegalState(StrEnum):
    """Whether a union's certificate holds (法人资格状态)."""

    VALID = "valid"
    # It still holds, and says something that is no longer so.
    CHANGED = "changed"
    # Its term is over, or another one began: it holds no more.
    RUN_OUT = "run_out"
    # The union went into another one: its certificate is to be cancelled.
    ENDED = "ended"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Says:
    """What a certificate says, or what is so (登记事项): in which term, under which name, where, represented by whom."""

    term_id: int | None
    name: str
    address: str
    representative_id: int | None


def differing(certified: Says, now: Says) -> tuple[str, ...]:
    """What the certificate says otherwise than it is."""
    parts = (
        ("name", certified.name != now.name),
        ("address", certified.address != now.address),
        ("representative", certified.representative_id != now.representative_id),
    )
    return tuple(part for part, differs in parts if differs)


def state_of(certified: Says, now: Says, *, term_last_on: date, is_cancelled: bool, on: date) -> LegalState:
    """Whether a certificate holds on a day: never after the end of its term."""
    if is_cancelled:
        return LegalState.CANCELLED
    if certified.term_id != now.term_id or on > term_last_on:
        return LegalState.RUN_OUT
    return LegalState.CHANGED if differing(certified, now) else LegalState.VALID


def due_on(since: date) -> date:
    """The last day on which a change is registered."""
    return since + CHANGE_WITHIN
