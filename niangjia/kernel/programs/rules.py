"""What a key opens, for how long, how often; which events programs are told of, and when they are told again."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from niangjia.kernel.access.rules import ADMINISTRATORS, Actor, Move, Right, Role
from niangjia.kernel.chinese import Reason, gettext_noop

# 等保: a key is a right given to a program, and rights are given by the security administrator; the others look on.
KEEP_PROGRAMS = Move("keep_programs", frozenset({Role.SECURITY_ADMIN}))
SEE_PROGRAMS = Move("see_programs", ADMINISTRATORS)

# 本系统默认值: a year at most, the last day counted; as many requests in a minute as a careful program needs.
LONGEST_KEY_DAYS = 366
REQUESTS_PER_MINUTE = 120
MOST_PER_MINUTE = 6_000
WINDOW = timedelta(minutes=1)
MOST_NETWORKS = 10
LONGEST_NAME = 64


class Scope(StrEnum):
    """What a key may be used for (用途范围): a closed list; members are masked, sealed values are never shown to a key."""

    UNIONS_READ = "unions:read"
    UNIONS_WRITE = "unions:write"
    EMPLOYERS_READ = "employers:read"
    EMPLOYERS_WRITE = "employers:write"
    MEMBERS_READ = "members:read"
    MEMBERS_WRITE = "members:write"
    CARDS_CHECK = "cards:check"


SCOPE_WORDS: dict[Scope, str] = {
    Scope.UNIONS_READ: gettext_noop("看工会组织"),
    Scope.UNIONS_WRITE: gettext_noop("登记工会组织"),
    Scope.EMPLOYERS_READ: gettext_noop("看单位"),
    Scope.EMPLOYERS_WRITE: gettext_noop("登记单位"),
    Scope.MEMBERS_READ: gettext_noop("看会员（号码遮住）"),
    Scope.MEMBERS_WRITE: gettext_noop("登记会员"),
    Scope.CARDS_CHECK: gettext_noop("验会员卡"),
}
WRITING = frozenset(scope for scope in Scope if scope.value.endswith(":write"))


@dataclass(frozen=True)
class Program(Actor):
    """A program that acts with a key (接口): bound to the key's place and scopes, and to nobody's account."""

    key_id: int = 0
    scopes: frozenset[str] = frozenset()

    @property
    def words(self) -> str:
        """As the journal keeps it: the kind of its own, the place, and which key."""
        at = self.rights[0] if self.rights else Right(Role.PROGRAM, 0, "")
        return f"{Role.PROGRAM.value}@{at.place_id} {at.place_name} {number_of(self.key_id)}".strip()

    @property
    def known_as(self) -> str:
        """As the database knows it: it reads the key's place and role itself."""
        return f"key:{self.key_id}"


def number_of(key_id: int) -> str:
    """How people speak of a key (密钥编号)."""
    return f"K{key_id:06d}"


def role_for(scopes: frozenset[str]) -> Role:
    """The role a key has behind the walls: one that looks only, where nothing is written."""
    return Role.CADRE if scopes & WRITING else Role.OFFICER


def program_of(key_id: int, *, scopes: frozenset[str], at: Right) -> Program:
    """The actor of a key."""
    right = replace(at, role=role_for(scopes))
    return Program(account_id=None, name=number_of(key_id), rights=(right,), key_id=key_id, scopes=scopes)


def why_no_key(scopes: frozenset[str], *, first: date, last: date) -> Reason | None:
    """Why such a key is not made; None where it is."""
    if not scopes or scopes - {scope.value for scope in Scope}:
        return Reason("scopes_missing", _SCOPES_MISSING, {})
    if last < first:
        return Reason("ends_before_it_begins", _ENDS_EARLY, {})
    if (last - first).days >= LONGEST_KEY_DAYS:
        return Reason("key_too_long", _TOO_LONG, {"days": str(LONGEST_KEY_DAYS)})
    return None


def read_networks(text: str) -> list[str] | Reason:
    """Networks as somebody wrote them, one a line; the reason where one is none."""
    found: list[str] = []
    for part in text.replace(",", " ").replace("，", " ").split():
        try:
            found.append(str(_network(part)))
        except ValueError:
            return Reason("network_unknown", _NO_NETWORK, {"written": part[:64]})
    if len(found) > MOST_NETWORKS:
        return Reason("networks_too_many", _MANY_NETWORKS, {"most": str(MOST_NETWORKS)})
    return found


def comes_from(address: str, networks: list[str]) -> bool:
    """Whether a request comes from one of the networks; no networks are all networks."""
    if not networks:
        return True
    try:
        at = ip_address(address)
    except ValueError:
        return False
    return any(at in _network(each) for each in networks)


def _network(text: str) -> IPv4Network | IPv6Network:
    return ip_network(text, strict=False)


_SCOPES_MISSING = gettext_noop("还没有选这个密钥能做什么。请至少选一项。")
_ENDS_EARLY = gettext_noop("最后一天早于今天。请改日期。")
_TOO_LONG = gettext_noop("密钥最长用 {days} 天。请把最后一天改早，到期前换一个新的。")
_NO_NETWORK = gettext_noop("「{written}」不是网络地址。请写成 203.0.113.0/24 这样，一行一个。")
_MANY_NETWORKS = gettext_noop("最多写 {most} 个网络。请合并后再填。")
