"""What is told, to which addresses, how it is signed, and when it is told again."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.parse import urlsplit

from niangjia.kernel.chinese import Reason, gettext_noop

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

LONGEST_ADDRESS = 500
LONGEST_NAME = 64
# 本系统默认值: so long the old secret signs beside the new one, and so long deliveries can be looked at.
OLD_SECRET_FOR = timedelta(hours=24)
DELIVERIES_KEPT_DAYS = 90
# 本系统默认值: eleven tries within three days.
BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    *[timedelta(hours=12)] * 5,
)
# Longer than the longest try: whoever holds one this long has died on it.
LOST_AFTER = timedelta(minutes=2)
# What the receiver says by 410 Gone (RFC 9110): do not come again.
GONE = 410
TAKEN = range(200, 300)


class Event(StrEnum):
    """What a place can have told (事件): a closed list of what really happens; none carries anything about a person."""

    UNION_REGISTERED = "union.registered"
    UNION_CHANGED = "union.changed"
    UNION_CLOSED = "union.closed"
    UNIONS_IMPORTED = "unions.imported"
    EMPLOYER_REGISTERED = "employer.registered"
    EMPLOYER_CHANGED = "employer.changed"
    MEMBERSHIP_BEGUN = "membership.begun"
    MEMBERSHIP_MOVED = "membership.moved"
    MEMBERSHIP_ENDED = "membership.ended"
    MEMBER_ERASED = "member.erased"
    MEMBERS_IMPORTED = "members.imported"
    MEMBERS_IMPORT_UNDONE = "members.import_undone"


EVENT_WORDS: dict[Event, str] = {
    Event.UNION_REGISTERED: gettext_noop("登记了工会"),
    Event.UNION_CHANGED: gettext_noop("工会资料变了"),
    Event.UNION_CLOSED: gettext_noop("撤销了工会，会籍由上级保留"),
    Event.UNIONS_IMPORTED: gettext_noop("导入了一批工会"),
    Event.EMPLOYER_REGISTERED: gettext_noop("登记了单位"),
    Event.EMPLOYER_CHANGED: gettext_noop("单位资料或覆盖的工会变了"),
    Event.MEMBERSHIP_BEGUN: gettext_noop("有会员入会"),
    Event.MEMBERSHIP_MOVED: gettext_noop("会员转到别的工会"),
    Event.MEMBERSHIP_ENDED: gettext_noop("会员在这个工会的会籍结束了"),
    Event.MEMBER_ERASED: gettext_noop("会员的资料删除了，请也删掉您那边的"),
    Event.MEMBERS_IMPORTED: gettext_noop("导入了一批会员"),
    Event.MEMBERS_IMPORT_UNDONE: gettext_noop("撤回了一次会员导入"),
}
# Sent by hand, so that the receiver can be tried; nobody subscribes to it.
TEST = "webhook.test"

# Which act of the journal is which event, and of what thing it tells.
OF_ACTS: dict[str, tuple[Event, str]] = {
    "register_union": (Event.UNION_REGISTERED, "union"),
    "edit_union": (Event.UNION_CHANGED, "union"),
    "close_union": (Event.UNION_CLOSED, "union"),
    "import_unions": (Event.UNIONS_IMPORTED, "import"),
    "register_employer": (Event.EMPLOYER_REGISTERED, "employer"),
    "edit_employer": (Event.EMPLOYER_CHANGED, "employer"),
    "attach_union": (Event.EMPLOYER_CHANGED, "employer"),
    "detach_union": (Event.EMPLOYER_CHANGED, "employer"),
    "register_member": (Event.MEMBERSHIP_BEGUN, "member"),
    "settle_transfer": (Event.MEMBERSHIP_MOVED, "member"),
    "erase_person": (Event.MEMBER_ERASED, "member"),
    "import_members": (Event.MEMBERS_IMPORTED, "import"),
    "undo_import": (Event.MEMBERS_IMPORT_UNDONE, "import"),
}
# Besides, at the end of a transfer that let the member go, and where a membership ends.
ENDED_BY = {
    "settle_transfer": (Event.MEMBERSHIP_ENDED, "member"),
    "change_membership": (Event.MEMBERSHIP_ENDED, "member"),
}
LET_GO = "let_go"
THINGS: dict[str, str] = {event.value: thing for event, thing in (*OF_ACTS.values(), *ENDED_BY.values())}


class State(StrEnum):
    """Whether a subscription is told of anything (推送状态)."""

    ACTIVE = "active"
    STOPPED = "stopped"
    BROKEN = "broken"


MOVES = (
    (State.ACTIVE, State.STOPPED),
    (State.ACTIVE, State.BROKEN),
    (State.STOPPED, State.ACTIVE),
    (State.BROKEN, State.ACTIVE),
)


class DeliveryState(StrEnum):
    """How far one event has come to one subscription (送达状态)."""

    CREATED = "created"
    SENDING = "sending"
    DELIVERED = "delivered"
    TEMPORARY = "temporary"
    PERMANENT = "permanent"


# What a killed worker left in the middle of sending is sent again under the same number; the receiver knows it by that.
DELIVERY_MOVES = (
    (DeliveryState.CREATED, DeliveryState.SENDING),
    (DeliveryState.CREATED, DeliveryState.PERMANENT),
    (DeliveryState.TEMPORARY, DeliveryState.SENDING),
    (DeliveryState.TEMPORARY, DeliveryState.PERMANENT),
    (DeliveryState.SENDING, DeliveryState.DELIVERED),
    (DeliveryState.SENDING, DeliveryState.TEMPORARY),
    (DeliveryState.SENDING, DeliveryState.PERMANENT),
)
OPEN = frozenset({DeliveryState.CREATED, DeliveryState.TEMPORARY, DeliveryState.SENDING})


class Failure(StrEnum):
    """Why an event did not arrive (没有送到的原因)."""

    REFUSED_ADDRESS = "refused_address"
    UNREACHED = "unreached"
    NOT_TAKEN = "not_taken"
    GONE = "gone"
    STOPPED = "stopped"


FAILURE_WORDS: dict[Failure, str] = {
    Failure.REFUSED_ADDRESS: gettext_noop("地址指向内部网络，没有发"),
    Failure.UNREACHED: gettext_noop("连不上，或者十秒没有回答"),
    Failure.NOT_TAKEN: gettext_noop("对方没有收（回答不是 2xx）"),
    Failure.GONE: gettext_noop("对方说不用再发（410）"),
    Failure.STOPPED: gettext_noop("推送停了，没有再发"),
}


@dataclass(frozen=True)
class Told:
    """One event as it is told (推送内容): numbers, codes and a time, and nothing about anybody."""

    event: str
    at: datetime
    city: str
    place: str
    thing_id: int | None

    @property
    def body(self) -> str:
        """The body of the request; the same at every try."""
        data: dict[str, Any] = {"city": self.city, "place": self.place}
        if self.event in THINGS:
            data |= {"thing": THINGS[self.event], "id": self.thing_id}
        said = {"type": self.event, "timestamp": self.at.isoformat(), "data": data}
        return json.dumps(said, ensure_ascii=True, separators=(",", ":"))


def events_of(verb: str, detail: Mapping[str, Any]) -> tuple[Event, ...]:
    """The events that an entry of the journal is; none where nobody is told of it.

    A transfer is written down at both ends: at the one that let the member go, her membership also ended.
    """
    event, _thing = OF_ACTS.get(verb, (None, ""))
    if event is Event.MEMBERSHIP_MOVED and detail.get("verdict") != "agreed":
        return ()
    ended = (ENDED_BY[verb][0],) if verb in ENDED_BY and detail.get("end") == LET_GO else ()
    return ended if event is None else (event, *ended)


def number_of(subscription_id: int) -> str:
    """How people speak of a subscription (推送编号)."""
    return f"W{subscription_id:06d}"


def next_try(tries: int, *, at: datetime) -> datetime | None:
    """When it is told again after so many tries; None where it is given up."""
    return at + BACK_OFF[tries - 1] if tries <= len(BACK_OFF) else None


def why_no_subscription(address: str, events: Iterable[str], *, may_be_local: bool) -> Reason | None:
    """Why such a subscription is not made; None where it is."""
    wanted = frozenset(events)
    if not wanted or wanted - {event.value for event in Event}:
        return Reason("events_missing", _EVENTS_MISSING, {})
    return why_not_address(address, may_be_local=may_be_local)


def why_not_address(address: str, *, may_be_local: bool) -> Reason | None:
    """Why nothing is sent to such an address; where its name leads is looked at when something is sent."""
    try:
        parts = urlsplit(address)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        return Reason("address_unclear", _UNCLEAR, {})
    is_plain = address.isascii() and address.isprintable() and " " not in address and "\\" not in address
    if not host or not is_plain or port == 0 or len(address) > LONGEST_ADDRESS:
        return Reason("address_unclear", _UNCLEAR, {})
    if parts.username is not None or parts.password is not None or parts.fragment:
        return Reason("address_with_secrets", _WITH_SECRETS, {})
    if parts.scheme == "https" or (parts.scheme == "http" and may_be_local and _is_this_machine(host)):
        return None
    return Reason("address_not_https", _NOT_HTTPS, {})


def is_open_address(address: str, *, allowed: Iterable[Network], may_be_local: bool) -> bool:
    """Whether something may be sent to a numeric address: the open internet, and networks that the operator allowed.

    Other spellings of an address inside are judged as what they lead to.
    """
    at = ip_address(address.partition("%")[0])
    if isinstance(at, IPv6Address) and at.ipv4_mapped is not None:
        at = at.ipv4_mapped
    if at.is_loopback:
        return may_be_local
    if at.is_multicast or at.is_link_local or at.is_unspecified or str(at) in METADATA:
        return False
    if any(at in network for network in allowed):
        return True
    if isinstance(at, IPv6Address) and (at.is_site_local or at.sixtofour or at.teredo or at in _NAT64):
        return False
    return at.is_global and not at.is_reserved


# Addresses at which clouds tell a machine its own secrets, where they lie outside the private ranges.
METADATA = frozenset({"100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254"})
_NAT64 = IPv6Network("64:ff9b::/96")


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


_EVENTS_MISSING = gettext_noop("还没有选要通知哪些事。请至少选一项。")
_UNCLEAR = gettext_noop("这个地址看不懂。请写完整，比如 https://example.org/hook 。")
_WITH_SECRETS = gettext_noop("地址里不能带用户名、密码和 # 。请去掉，对方用签名来认。")
_NOT_HTTPS = gettext_noop("地址要以 https:// 开头，不然路上会被别人看到、改掉。")
