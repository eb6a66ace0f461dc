"""What is true about codes sent to phones: how long they live, how often they are tried and sent, whose account they open."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum

from niangjia.kernel.chinese import Reason, gettext_noop

DIGITS = 6
GOOD_FOR = timedelta(minutes=5)
AGAIN_AFTER = timedelta(seconds=60)
HOUR = timedelta(hours=1)
MOST_TRIES = 5
MOST_A_DAY = 5
MOST_TAILS = 3
# A family shares a phone; one that stands at more people is an office's, and whoever sits there may know their numbers.
MOST_SHARING = 3
TAIL_LENGTH = 4


class Verdict(StrEnum):
    """What becomes of a code that somebody writes (验证码核对)."""

    RIGHT = "right"
    WRONG = "wrong"
    DEAD = "dead"


@dataclass(frozen=True)
class Standing:
    """How a code stands: when it was asked for, what was tried, whether it did its work."""

    asked_at: datetime
    tries: int = 0
    proved_at: datetime | None = None
    tail_tries: int = 0
    used_at: datetime | None = None


@dataclass(frozen=True)
class Asked:
    """What was asked for before: by this phone, by this address, by everybody."""

    today: int = 0
    last_at: datetime | None = None
    this_hour: int = 0
    this_hour_here: int = 0


@dataclass(frozen=True)
class Caps:
    """How many codes an hour there may be (每小时上限, 本系统默认值): of all, and for one address."""

    an_hour: int
    an_hour_here: int


@dataclass(frozen=True)
class PhoneHolder:
    """Somebody whose record has this phone; `tail` is the end of her paper's number, `place` where she is a member.

    `is_asked`: the end of her number is asked also where nobody else has it, for the phone rested long or is new to her record.
    """

    subject_id: int
    name: str
    tail: str
    is_confirmed: bool
    place: tuple[str, int] | None = None
    is_asked: bool = False


def digits_of(keyed: bytes) -> str:
    """The code (验证码) that a keyed digest of draw and phone comes to."""
    return f"{int.from_bytes(keyed) % 10**DIGITS:0{DIGITS}d}"


def is_alive(code: Standing, *, at: datetime) -> bool:
    """Whether a code can still be proved: young, not used, tries left."""
    return code.proved_at is None and code.tries < MOST_TRIES and at < code.asked_at + GOOD_FOR


def verdict(code: Standing, *, is_right: bool, at: datetime) -> Verdict:
    """What a try comes to; a dead code answers alike whatever is written."""
    if not is_alive(code, at=at):
        return Verdict.DEAD
    return Verdict.RIGHT if is_right else Verdict.WRONG


def waits_for_tail(code: Standing, *, at: datetime) -> bool:
    """Whether a proved code still waits to hear which of several persons is here."""
    return (
        code.proved_at is not None
        and code.used_at is None
        and code.tail_tries < MOST_TAILS
        and at < code.proved_at + GOOD_FOR
    )


def day_began(at: datetime, *, zone: tzinfo) -> datetime:
    """The midnight that began this day where the people are."""
    return datetime.combine(at.astimezone(zone).date(), time(), zone)


def asked_by_phone(asked_at: Sequence[datetime], *, at: datetime, zone: tzinfo) -> Asked:
    """What one phone asked for: how often today, and when last."""
    began_at = day_began(at, zone=zone)
    return Asked(today=sum(each >= began_at for each in asked_at), last_at=max(asked_at, default=None))


def why_no_code(asked: Asked, caps: Caps, *, at: datetime) -> Reason | None:
    """None where a code may be sent; else why not. Nothing here depends on whether anybody has this phone."""
    if asked.last_at is not None and at < asked.last_at + AGAIN_AFTER:
        left = asked.last_at + AGAIN_AFTER - at
        return Reason("too_soon", _TOO_SOON, {"seconds": max(1, -(-left // timedelta(seconds=1)))})
    if asked.today >= MOST_A_DAY:
        return Reason("enough_today", _ENOUGH_TODAY, {"most": MOST_A_DAY})
    if asked.this_hour_here >= caps.an_hour_here:
        return Reason("enough_here", _ENOUGH_HERE, {})
    if asked.this_hour >= caps.an_hour:
        return Reason("enough_everywhere", _ENOUGH_EVERYWHERE, {})
    return None


def those_meant(holders: Sequence[PhoneHolder]) -> tuple[PhoneHolder, ...]:
    """Whom a phone may open: who confirmed it before keeps it; where nobody did, all whose record has it, if they are few.

    Where all who confirmed it are asked who they are, whoever has the number now may be another: she may say so, too.
    """
    confirmed = tuple(holder for holder in holders if holder.is_confirmed)
    is_doubted = all(holder.is_asked for holder in confirmed) and len(holders) <= MOST_SHARING
    meant = tuple(holders) if is_doubted else confirmed or tuple(holders)
    return meant if len(meant) <= MOST_SHARING else ()


def needs_tail(meant: Sequence[PhoneHolder]) -> bool:
    """Whether the end of the number is asked: several are meant, or the one is not sure to have this phone still."""
    return len(meant) > 1 or any(holder.is_asked for holder in meant)


def one_with_tail(holders: Sequence[PhoneHolder], tail: str) -> PhoneHolder | None:
    """The one whose number ends so; nobody where two do."""
    spoken = tail.upper()
    fitting = [holder for holder in holders if hmac.compare_digest(holder.tail.upper().encode(), spoken.encode())]
    return fitting[0] if len(fitting) == 1 else None


_TOO_SOON = gettext_noop("刚刚发过一条。没收到的话，过 {seconds} 秒再要。")
_ENOUGH_TODAY = gettext_noop("这个手机号今天已经要了 {most} 次验证码，明天再来。急着办，请打下面的电话。")
_ENOUGH_HERE = gettext_noop("这个网络上要验证码的人太多。关掉 Wi-Fi、用手机流量再试，马上就行；不急的，过一会儿再来。")
_ENOUGH_EVERYWHERE = gettext_noop("这一小时要验证码的人太多，过一会儿再来。急着办，请打下面的电话。")
