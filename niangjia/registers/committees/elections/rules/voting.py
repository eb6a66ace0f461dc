"""When a meeting is valid, how many candidates it needs, and who is elected (选举结果). Pure, no ballot is ever kept.

Source: 《工会基层组织选举工作条例》(总工发〔2016〕27号), figures as handed down; recall: 工会法第十八条.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.registers.committees.rules.bodies import BodyKind

# More candidates than seats (差额): five in a hundred, ten for the standing committee.
EXTRA_PERCENT = {BodyKind.COMMITTEE: 5, BodyKind.AUDIT: 5, BodyKind.STANDING: 10}
RULES = "《工会基层组织选举工作条例》（总工发〔2016〕27号）"


def quorum(entitled: int) -> int:
    """How many of those entitled have to be present: two thirds, rounded up."""
    return -(-2 * entitled // 3)


def needed(entitled: int) -> int:
    """How many votes elect: more than half of those who should attend, not of those who came."""
    return entitled // 2 + 1


def least_candidates(seats: int, kind: BodyKind) -> int:
    """How many candidates an election with a choice (差额选举) needs; where one alone is elected, one is enough."""
    percent = EXTRA_PERCENT.get(kind, 0)
    if seats <= 1 or not percent:
        return seats
    return seats + -(-seats * percent // 100)


def candidates_fault(candidates: int, seats: int, kind: BodyKind) -> Reason | None:
    """Why a meeting cannot be held with so few candidates."""
    least = least_candidates(seats, kind)
    if candidates >= least:
        return None
    values: dict[str, str | int] = {
        "n": candidates,
        "seats": seats,
        "least": least,
        "percent": EXTRA_PERCENT.get(kind, 0),
    }
    return Reason("too_few_candidates", _TOO_FEW if seats > 1 else _NOBODY, values)


@dataclass(frozen=True)
class Count:
    """What was counted at a meeting (计票): how many were entitled, present, ballots handed in, and votes for each."""

    entitled: int
    present: int
    ballots: int
    votes: Mapping[int, int]


def count_faults(count: Count) -> dict[str, Reason]:
    """Why the figures cannot be, or the meeting is not valid, by field; candidates by `votes_` and their number."""
    faults: dict[str, Reason] = {}
    if count.present > count.entitled:
        faults["present"] = Reason("more_present", _MORE_PRESENT, {"entitled": count.entitled})
    elif count.present < quorum(count.entitled):
        values: dict[str, str | int] = {"entitled": count.entitled, "least": quorum(count.entitled), "n": count.present}
        faults["present"] = Reason("no_quorum", _NO_QUORUM, values)
    if count.ballots > count.present:
        faults["ballots"] = Reason("more_ballots", _MORE_BALLOTS, {"present": count.present})
    for number, votes in count.votes.items():
        if votes > count.ballots:
            faults[f"votes_{number}"] = Reason("more_votes", _MORE_VOTES, {"ballots": count.ballots})
    return faults


def elected_of(votes: Mapping[int, int], *, seats: int, entitled: int) -> tuple[int, ...]:
    """Who is elected, most votes first: more than half of all entitled; where the last seats are tied, nobody of the tied."""
    over = sorted((pk for pk, number in votes.items() if number >= needed(entitled)), key=lambda pk: (-votes[pk], pk))
    if len(over) <= seats:
        return tuple(over)
    last = votes[over[seats - 1]]
    if votes[over[seats]] < last:
        return tuple(over[:seats])
    return tuple(pk for pk in over[:seats] if votes[pk] > last)


def recall_fault(*, entitled: int, present: int, votes: int) -> Reason | None:
    """Why the figures of a recall cannot be."""
    if present > entitled:
        return Reason("more_present", _MORE_PRESENT, {"entitled": entitled})
    return Reason("more_votes", _MORE_BALLOTS, {"present": present}) if votes > present else None


def is_recalled(*, entitled: int, votes: int) -> bool:
    """Whether somebody is recalled: by more than half of all members or representatives (工会法第十八条)."""
    return votes >= needed(entitled)


_TOO_FEW = gettext_noop(
    "《工会基层组织选举工作条例》（总工发〔2016〕27号）：差额选举，候选人比名额多 {percent}% 以上。名额 {seats} 名，候选人至少 {least} 名，现在 {n} 名。"
)
_NOBODY = gettext_noop("还没有提名候选人。至少要有 {least} 名。")
_MORE_PRESENT = gettext_noop("到会的比应到的 {entitled} 人还多。看看写错没有；有新会员没登记的，先登记。")
_NO_QUORUM = gettext_noop(
    "《工会基层组织选举工作条例》（总工发〔2016〕27号）：到会人数要满应到的三分之二。应到 {entitled} 人，至少到 {least} 人，现在 {n} 人，选举无效，请另行开会。"
)
_MORE_BALLOTS = gettext_noop("比到会的 {present} 人还多，这样的选举无效。看看写错没有。")
_MORE_VOTES = gettext_noop("比收回的 {ballots} 张选票还多。看看写错没有。")
