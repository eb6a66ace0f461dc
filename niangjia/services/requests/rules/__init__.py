"""What is true of requests: kinds and topics, the table of moves, who handles, who keeps away, what may be counted."""

from niangjia.services.requests.rules.kinds import (
    BY_CODE,
    KINDS,
    Against,
    Channel,
    Grade,
    Kind,
    RequestKind,
    Secrecy,
    Words,
)
from niangjia.services.requests.rules.topics import TOPICS, Topic
from niangjia.services.requests.rules.workflow import KIND, REQUEST

__all__ = [
    "BY_CODE",
    "KIND",
    "KINDS",
    "REQUEST",
    "TOPICS",
    "Against",
    "Channel",
    "Grade",
    "Kind",
    "RequestKind",
    "Secrecy",
    "Topic",
    "Words",
]
