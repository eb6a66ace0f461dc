"""Which employer somebody meant who wrote a name: the same name is matched, anything less is left to a person."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_MARKS = re.compile(r"[\s()（）【】\[\]《》<>「」“”\"'·•.,，。、:：;；_\-—–/\\]+")
_LEGAL_FORM = re.compile(r"(?:股份有限公司|有限责任公司|有限公司|股份公司|公司|集团|总厂|厂)$")
SHORTEST_KEY, SHORTEST_CORE = 3, 2
# What people write who have no employer, or do not say which.
NO_EMPLOYER = frozenset(
    {"无", "没有", "个体", "自由职业", "灵活就业", "待业", "退休", "无单位", "不详", "其他", "务农"}
)


@dataclass(frozen=True)
class Matched:
    """What a written name means: one employer, or several that it may mean."""

    employer_id: int | None
    candidates: tuple[int, ...] = ()


def name_key(text: str) -> str:
    """A name without what people write differently: widths, spaces, brackets, marks, case. Empty where it names nobody."""
    key = _MARKS.sub("", unicodedata.normalize("NFKC", text)).casefold()
    return "" if len(key) < SHORTEST_KEY or key in NO_EMPLOYER else key


def core_of(key: str) -> str:
    """What is left of a name without its legal form (有限公司): good for a suggestion, never for a decision."""
    core = _LEGAL_FORM.sub("", key)
    return core if len(core) >= SHORTEST_CORE else key


def match(key: str, *, by_key: Mapping[str, Sequence[int]], by_core: Mapping[str, Sequence[int]]) -> Matched:
    """The one employer of this very name; where several bear it, or only its core agrees, a person decides."""
    same = tuple(by_key.get(key, ()))
    if len(same) == 1:
        return Matched(same[0])
    return Matched(None, same or tuple(by_core.get(core_of(key), ())))


def indexed(names: Iterable[tuple[int, str]]) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """Employers by the key of their name, and by its core."""
    by_key: dict[str, list[int]] = {}
    by_core: dict[str, list[int]] = {}
    for pk, name in names:
        key = name_key(name)
        if key:
            by_key.setdefault(key, []).append(pk)
            by_core.setdefault(core_of(key), []).append(pk)
    return by_key, by_core


def common_path(first: str, last: str) -> str:
    """The place below which all paths between these two lie: what the least and the greatest have in common."""
    shared = ""
    for one, other in zip(first.rstrip(".").split("."), last.rstrip(".").split("."), strict=False):
        if one != other:
            break
        shared += f"{one}."
    return shared
