"""What stands in the navigation: declared in the configuration, one entry per line of work that exists."""

from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.functional import Promise

from niangjia.kernel.access.rules import Actor, Role

# So many entries a desk shows without being scrolled (本系统默认值); with more of them, folds stay shut.
FITS = 16


@dataclass(frozen=True)
class Line:
    """An entry (门类) of the navigation; `roles` are those who see it, none means everybody."""

    title: str | Promise
    address: str = ""
    icon: str = ""
    roles: frozenset[Role] = frozenset()
    lines: tuple["Line", ...] = ()
    # The name of a declared list: the entry leads back to the list as it was left.
    listing: str = ""
    # Whether the fold stands open wherever the whole navigation fits.
    opened: bool = False
    # Addresses elsewhere whose pages belong to this entry, too.
    also: tuple[str, ...] = ()
    # Shows how many messages are not read.
    counts: bool = False
    is_current: bool = field(default=False, compare=False)

    @property
    def is_open(self) -> bool:
        """Whether the fold stands open: as all fits, or because one of its entries is the page people are on."""
        return self.opened or any(line.is_current for line in self.lines)

    def is_for(self, actor: Actor) -> bool:
        """Whether this actor sees the entry."""
        return not self.roles or any(right.role in self.roles for right in actor.rights)


@dataclass(frozen=True)
class Navigation:
    """The entries at the desk (above and below), the worker's tabs, and where a search leads."""

    lines: tuple[Line, ...] = ()
    ends: tuple[Line, ...] = ()
    tabs: tuple[Line, ...] = ()
    search: Line | None = None


def drawn(lines: tuple[Line, ...], *, actor: Actor, path: str, lists: dict[str, str]) -> tuple[Line, ...]:
    """The entries this actor sees, the one nearest to the page marked as current; folds open where all of it fits."""
    seen = tuple(_unfolded(line) for line in _seen(lines, actor))
    if len(_flat(seen)) > FITS:
        seen = tuple(_with(line, opened=False) for line in seen)
    leading = [address for line in _flat(seen) for address in (line.address, *line.also) if _leads_to(address, path)]
    current = max(leading, key=len, default="")
    return tuple(_marked(line, current, lists) for line in seen)


def _seen(lines: tuple[Line, ...], actor: Actor) -> tuple[Line, ...]:
    return tuple(_with(line, lines=_seen(line.lines, actor)) for line in lines if line.is_for(actor))


def _unfolded(line: Line) -> Line:
    """A fold with one entry in it is that entry."""
    return _with(line.lines[0], icon=line.icon) if len(line.lines) == 1 else line


def _flat(lines: tuple[Line, ...]) -> list[Line]:
    return [each for line in lines for each in (line, *_flat(line.lines)) if each.address or each.lines]


def _leads_to(address: str, path: str) -> bool:
    return path == address or (len(address) > 1 and path.startswith(address))


def _marked(line: Line, current: str, lists: dict[str, str]) -> Line:
    remembered = lists.get(line.listing, "")
    return _with(
        line,
        is_current=bool(current) and current in (line.address, *line.also),
        address=f"{line.address}?{remembered}" if remembered else line.address,
        lines=tuple(_marked(each, current, lists) for each in line.lines),
    )


def _with(line: Line, **changed: Any) -> Line:
    """The entry so changed; itself where that changes nothing, as it does for nearly all of them."""
    same = all(getattr(line, name) is value or _is_same(getattr(line, name), value) for name, value in changed.items())
    return line if same else replace(line, **changed)


def _is_same(before: Any, after: Any) -> bool:
    """Lines are compared by being the same ones: to compare their words would be to translate them."""
    if isinstance(before, tuple):
        return len(before) == len(after) and all(one is other for one, other in zip(before, after, strict=True))
    return bool(before == after)
