"""What is true about WeChat: what its answers mean, when a call of its is to be believed, how long a code is good."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# 本系统默认值: a code to scan, and after it the question whether it was oneself.
GOOD_FOR = timedelta(minutes=10)
# A call older than this is somebody's copy; clocks may differ by as much.
FRESH_FOR = timedelta(minutes=5)
# A field of a template for things (thing) takes no more.
LONGEST_FIELD = 20
SCENE_OF_NEWCOMERS = "qrscene_"


class Meaning(StrEnum):
    """What the answer to a call means (返回码): done, or what is to be done about it."""

    DONE = "done"
    # The token is not good any more: fetch another, and once again.
    RENEW = "renew"
    AWAY = "away"
    # This person does not take it: follows no more, refused, is unknown.
    NOT_TAKEN = "not_taken"
    BROKEN = "broken"


# Codes as the platform documents them (全局返回码): https://developers.weixin.qq.com/doc/offiaccount/Getting_Started/Global_Return_Code.html
_MEANINGS = (
    (Meaning.DONE, frozenset({0})),
    (Meaning.RENEW, frozenset({40001, 40014, 42001})),
    (Meaning.AWAY, frozenset({-1, 45009, 45011, 45047, 50002, 61450})),
    (Meaning.NOT_TAKEN, frozenset({40003, 43004, 43019, 43101, 43108, 50005})),
)


def meaning_of(code: object) -> Meaning:
    """What a code means; one that we do not know is for the operator, and never tried again by itself."""
    return next((meaning for meaning, codes in _MEANINGS if code in codes), Meaning.BROKEN)


def is_fresh(timestamp: str, *, at: datetime) -> bool:
    """Whether a call was signed just now."""
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= len("9999999999")):
        return False
    return abs(at.timestamp() - int(timestamp)) <= FRESH_FOR.total_seconds()


class Event(StrEnum):
    """What somebody did (事件) that concerns us; everything else is answered and forgotten."""

    SUBSCRIBE = "subscribe"
    SCAN = "SCAN"
    UNSUBSCRIBE = "unsubscribe"


@dataclass(frozen=True)
class Call:
    """A call of the platform (事件推送): whose WeChat, what she did, the scene of the code that she scanned, and when."""

    openid: str
    event: Event | None
    scene: str
    at: datetime


class Standing(StrEnum):
    """How far a WeChat is bound (绑定状态)."""

    NONE = "none"
    ASKED = "asked"
    SCANNED = "scanned"
    BOUND = "bound"


def standing_of(
    *, good_until: datetime | None, scanned_at: datetime | None, bound_at: datetime | None, at: datetime
) -> Standing:
    """How far it is: what was asked or scanned and left alone counts for nothing any more."""
    if bound_at is not None:
        return Standing.BOUND
    if good_until is None or good_until <= at:
        return Standing.NONE
    return Standing.ASKED if scanned_at is None else Standing.SCANNED


def shortened(title: str, fallback: str) -> str:
    """A title as a field of a template takes it: never cut off, rather said in general."""
    return title if len(title) <= LONGEST_FIELD else fallback
