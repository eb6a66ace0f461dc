"""How many sit on a union's committee and in its congress of representatives (名额). Pure.

Sources: 《工会基层组织选举工作条例》(总工发〔2016〕27号), national steps; a city may set finer ones (地方参数), written as
`10:1,25:3,100:3-5`: up to ten members one, up to twenty-five three, up to a hundred three to five. Seats of a congress:
2019 rule, 本系统默认值.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.registers.orgs.rules import COMMITTEE_FROM_MEMBERS

# From here on representatives may decide; below it all members meet.
CONGRESS_FROM = 100
SEATS_PARAMETER = "committee_seats"
# As local parameters are written; above the last step the national figures go on.
NATIONAL_SEATS = "24:1-5,200:3-7,1000:7-15,5000:15-21,10000:21-29,50000:29-37"
SEATS_SOURCE = "《工会基层组织选举工作条例》（总工发〔2016〕27号）"


@dataclass(frozen=True)
class Step:
    """Up to so many members, that many seats (名额档)."""

    up_to: int | None
    least: int
    most: int


COMMITTEE_STEPS = (
    Step(COMMITTEE_FROM_MEMBERS - 1, 1, 5),
    Step(200, 3, 7),
    Step(1_000, 7, 15),
    Step(5_000, 15, 21),
    Step(10_000, 21, 29),
    Step(50_000, 29, 37),
    Step(None, 37, 45),
)
CONGRESS_STEPS = (
    Step(200, 30, 40),
    Step(1_000, 40, 60),
    Step(5_000, 60, 90),
    Step(10_000, 90, 130),
    Step(50_000, 130, 180),
    Step(None, 180, 240),
)


def with_local(local: Iterable[Step]) -> tuple[Step, ...]:
    """Local steps; the national ones go on where these end."""
    local = tuple(local)
    last = max((step.up_to or 0 for step in local), default=0)
    return (*local, *(each for each in COMMITTEE_STEPS if each.up_to is None or each.up_to > last))


def seats_for(members: int, steps: tuple[Step, ...] = COMMITTEE_STEPS) -> Step:
    """The seats that a union with so many members may have."""
    return next(step for step in steps if step.up_to is None or members <= step.up_to)


def seats_fault(seats: int, step: Step, members: int) -> Reason | None:
    """Why a committee of a union with so many members cannot have so many seats."""
    if step.least <= seats <= step.most:
        return None
    values: dict[str, str | int] = {"members": members, "least": step.least, "most": step.most, "n": seats}
    return Reason("seats", _SEATS, values)


def congress_fault(representatives: int, members: int) -> Reason | None:
    """Why so many representatives, or any, do not make a congress (会员代表大会) of so many members."""
    if members < CONGRESS_FROM:
        return Reason("congress_too_small", _NO_CONGRESS, {"members": members, "from": CONGRESS_FROM})
    step = seats_for(members, CONGRESS_STEPS)
    if step.least <= representatives <= step.most:
        return None
    values: dict[str, str | int] = {"members": members, "least": step.least, "most": step.most, "n": representatives}
    return Reason("congress_seats", _CONGRESS, values)


_SEATS = gettext_noop(
    "《工会基层组织选举工作条例》（总工发〔2016〕27号）：会员 {members} 人，委员会设 {least} 到 {most} 名委员（有本地规定的按本地），现在是 {n} 名。"
)
_NO_CONGRESS = gettext_noop(
    "《工会基层组织选举工作条例》：会员不到 {from} 人的，开会员大会。这个工会有 {members} 名会员，请改成会员大会。"
)
_CONGRESS = gettext_noop(
    "会员 {members} 人，代表 {least} 到 {most} 名（2019 年规定的口径，本系统默认值），现在是 {n} 名。"
)
