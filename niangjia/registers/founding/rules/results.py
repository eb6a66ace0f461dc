"""What an election at the base needs (基层工会选举): who is counted, how many have to be there, how many votes elect.

Source: 《工会基层组织选举工作条例》(总工发〔2016〕27号): two thirds present, more than half of those who should attend.
"""

from dataclasses import dataclass
from datetime import date

from niangjia.kernel.chinese import Reason, gettext_noop

GROUP_LEAST, GROUP_MOST = 3, 5


@dataclass(frozen=True)
class Counted:
    """An election as it was reported (选举情况): the day, how many should come, came, and voted for the chair."""

    elected_on: date
    entitled: int
    present: int
    chair_votes: int


def lines_of(text: str) -> tuple[str, ...]:
    """Names, one on a line or parted by a mark; each once."""
    for mark in "、，,；;\r\t":
        text = text.replace(mark, "\n")
    return tuple(dict.fromkeys(" ".join(line.split()) for line in text.split("\n") if line.strip()))


def group_fault(names: tuple[str, ...]) -> Reason | None:
    """Why these cannot be the preparatory group (筹备组), or None."""
    if GROUP_LEAST <= len(names) <= GROUP_MOST:
        return None
    return Reason("group_size", _GROUP, {"number": len(names), "least": GROUP_LEAST, "most": GROUP_MOST})


def least_present(entitled: int) -> int:
    """How many have to be there: two thirds, rounded up."""
    return -(-2 * entitled // 3)


def least_votes(entitled: int) -> int:
    """How many votes elect: more than half of those who should attend."""
    return entitled // 2 + 1


def result_fault(counted: Counted, *, prepared_on: date, today: date) -> Reason | None:
    """Why this election does not count, or None."""
    if not prepared_on <= counted.elected_on <= today:
        return Reason("election_day", _DAY, {"prepared": prepared_on.isoformat()})
    if not 0 < counted.present <= counted.entitled:
        return Reason("present_unlikely", _PRESENT, {"entitled": counted.entitled})
    if counted.present < least_present(counted.entitled):
        numbers: dict[str, str | int] = {
            "entitled": counted.entitled,
            "least": least_present(counted.entitled),
            "present": counted.present,
        }
        return Reason("below_quorum", _QUORUM, numbers)
    if counted.chair_votes > counted.present:
        return Reason("votes_unlikely", _VOTES, {"present": counted.present})
    if counted.chair_votes < least_votes(counted.entitled):
        return Reason("below_half", _HALF, {"least": least_votes(counted.entitled), "votes": counted.chair_votes})
    return None


_GROUP = gettext_noop("筹备组现在写了 {number} 人，应当是 {least} 到 {most} 人。一行写一个姓名，第一个是负责人。")
_DAY = gettext_noop("选举的日子应当在准予筹建（{prepared}）以后，也不能还没有到。看看是不是写错了。")
_PRESENT = gettext_noop("到会人数对不上：应到 {entitled} 人。看看是不是写错了，或者会员还没有登记全。")
_QUORUM = gettext_noop(
    "应到 {entitled} 人，到会 {present} 人，不到三分之二（{least} 人），选举不算数。人到齐了重新选。"
)
_VOTES = gettext_noop("得票比到会的 {present} 人还多。看看哪个数写错了。")
_HALF = gettext_noop("得票 {votes}，要超过应到人数的一半（{least} 票）才当选。另行选举，再报结果。")
