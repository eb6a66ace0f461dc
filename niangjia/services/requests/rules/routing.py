"""Who handles a request (由谁办): a union above the enterprise and outside the line of whom it is about; who has to keep away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from niangjia.kernel.access.rules import Role
from niangjia.kernel.places.rules import Level
from niangjia.services.requests.rules.kinds import Kind
from niangjia.services.requests.rules.workflow import HANDLERS

# The lowest level that handles at all: 工会法第十一条, a town's union has people of its own; below it everybody knows everybody.
LOWEST = Level.TOWN
# A grievance goes to the county at least (本系统默认值): in a town the employer is a neighbour.
LOWEST_FOR_GRIEVANCES = Level.COUNTY


@dataclass(frozen=True)
class Spot:
    """A place on the way up (一级工会): its number, its path and its level."""

    place_id: int
    path: str
    level: Level


@dataclass(frozen=True)
class Duty:
    """A right of somebody that could bring her to a case (职务): whose, as what, where."""

    account_id: int
    subject_id: int | None
    role: Role
    path: str


class BarReason(StrEnum):
    """Why somebody keeps away from a request (回避理由)."""

    ACCUSED = "accused"
    SAME_EMPLOYER = "same_employer"
    OWN_REQUEST = "own_request"
    DECLARED = "declared"


def handling_spot(way_up: Sequence[Spot], kind: Kind, *, accused: str = "") -> Spot | None:
    """The union that handles it: the nearest one above that is high enough and not the accused or below it; None where there is none.

    `way_up` leads from the asker's own union to the top; `accused` is the path of the union it is about, empty for none.
    """
    lowest = LOWEST_FOR_GRIEVANCES if kind.is_grievance else LOWEST
    fit = [spot for spot in way_up if spot.level.rank <= lowest.rank and not _in_line(spot.path, accused)]
    # A tree that has no union so high is answered to at its top, as long as that is above the enterprise.
    fallback = [spot for spot in way_up if spot.level.rank <= LOWEST.rank and not _in_line(spot.path, accused)]
    nearest = sorted(fit or fallback, key=lambda spot: -len(spot.path))
    return nearest[0] if nearest else None


def _in_line(path: str, accused: str) -> bool:
    """Whether a union is the one it is about, or stands below that."""
    return bool(accused) and path.startswith(accused)


def may_hold(spot: Spot, *, accused: str = "", is_open: bool = False) -> str | None:
    """None where a request may be handed to this union, else why not: `in_line`, or `inside_enterprise` without her consent."""
    if _in_line(spot.path, accused):
        return "in_line"
    if spot.level.rank >= Level.BASE.rank and not is_open:
        return "inside_enterprise"
    return None


def may_know_who(spot: Spot, *, is_open: bool, goes_down: bool) -> bool:
    """Whether a union that gets it may know who asked: who is asked from above may, further down only where she agreed."""
    return is_open or (not goes_down and spot.level.rank < Level.BASE.rank)


def barred_from(
    duties: Iterable[Duty], *, askers: frozenset[int], accused: frozenset[str], colleagues: frozenset[int]
) -> dict[int, BarReason]:
    """Accounts that keep away from a request (回避), each with the nearest reason.

    `accused` are the paths of the unions it is about, those of the employer complained of among them: whoever holds an
    office there, and handles elsewhere besides, is barred (工会法第十条: 企业主要负责人的近亲属不得作为基层工会委员会成员人选).
    `colleagues` are the persons who belong to that employer.
    """
    found: dict[int, BarReason] = {}
    for duty in duties:
        if duty.subject_id is not None and duty.subject_id in askers:
            found[duty.account_id] = BarReason.OWN_REQUEST
        elif any(_in_line(duty.path, path) for path in accused):
            found.setdefault(duty.account_id, BarReason.ACCUSED)
        elif duty.role in HANDLERS and duty.subject_id is not None and duty.subject_id in colleagues:
            found.setdefault(duty.account_id, BarReason.SAME_EMPLOYER)
    return found
