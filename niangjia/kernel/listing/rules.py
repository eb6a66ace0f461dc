"""What a saved view may be called, how many there may be, and how many rows one action changes at once."""

from dataclasses import dataclass
from hashlib import sha256

from niangjia.kernel.access.rules import Move, Role
from niangjia.kernel.chinese import Reason, gettext_noop

SHARE_VIEW = Move("share_view", frozenset({Role.CADRE, Role.CHAIR}))
LONGEST_NAME = 16
LONGEST_ASKED = 400
# 本系统默认值: more tabs than these nobody reads; more counts than these nobody waits for.
MOST_VIEWS = 12
MOST_COUNTED = 6
# 本系统默认值: as many records as are changed in one transaction; more go on in the background.
MOST_AT_ONCE = 10_000
# 本系统默认值: more than these nobody can have looked at; "all of them" is never more either.
MOST_IN_BACKGROUND = 100_000


@dataclass(frozen=True)
class ViewFacts:
    """A saved view as somebody writes it: its name, whether her place sees it, whether it tells its number."""

    name: str
    is_shared: bool = False
    counts: bool = False

    def tidy(self) -> "ViewFacts":
        """The same, without spaces around the name."""
        return ViewFacts(" ".join(self.name.split()), self.is_shared, self.counts)


def why_not_named(name: str, *, has_number: bool, others: frozenset[str]) -> Reason | None:
    """None where a view may be called this."""
    if not name:
        return Reason("name_missing", _NAME_MISSING, {})
    if len(name) > LONGEST_NAME:
        return Reason("name_long", _NAME_LONG, {"most": LONGEST_NAME})
    if has_number:
        return Reason("name_number", _NAME_NUMBER, {})
    return Reason("name_taken", _NAME_TAKEN, {"name": name}) if name in others else None


def why_not_kept(asked: str, *, has_number: bool, so_many: int) -> Reason | None:
    """None where these conditions may be kept as a view."""
    if not asked:
        return Reason("nothing_asked", _NOTHING_ASKED, {})
    if has_number or len(asked) > LONGEST_ASKED:
        return Reason("asked_number", _ASKED_NUMBER, {})
    return Reason("views_full", _VIEWS_FULL, {"most": MOST_VIEWS}) if so_many >= MOST_VIEWS else None


def print_of(action: str, value: str, changes: tuple[int, ...]) -> str:
    """What somebody agreed to, in short: the same rows, the same action, the same value; or another print."""
    text = f"{action}\n{value}\n{','.join(map(str, sorted(changes)))}"
    return sha256(text.encode()).hexdigest()[:32]


_NAME_MISSING = gettext_noop("给它起个名字，写在名单上面的就是这几个字。")
_NAME_LONG = gettext_noop("名字最多 {most} 个字，短一点才放得下。")
_NAME_NUMBER = gettext_noop("名字里像是有证件号或手机号，请去掉。")
_NAME_TAKEN = gettext_noop("您已经有一个「{name}」了，换个名字。")
_NOTHING_ASKED = gettext_noop("还没有条件可存。先在名单上筛一筛，再点「存为新的」。搜的字不存。")
_ASKED_NUMBER = gettext_noop("条件里像是有证件号或手机号，这样的不存。去掉它再存。")
_VIEWS_FULL = gettext_noop("这份名单上您已经存了 {most} 个，先删掉用不着的。")
