"""What a person's name is sorted and found by."""

from functools import lru_cache

from niangjia.kernel.chinese import pinyin_keys

SHORTEST_PART = 2
KEPT_NAMES = 50_000


@lru_cache(maxsize=KEPT_NAMES)
def name_keys(name: str) -> tuple[str, tuple[str, ...]]:
    """The name's place in a list (whole pinyin) and its search keys: first character, pairs, pinyin, initials."""
    full, initials = pinyin_keys(name)
    pairs = [name[start : start + SHORTEST_PART] for start in range(len(name) - 1)]
    return full, tuple(dict.fromkeys([name[0], *pairs, full, initials]))


def search_keys(words: str) -> tuple[str, ...]:
    """What a search for these words must find: every pair of a name's part, or a pinyin, or initials."""
    part = "".join(words.split())
    if part.isascii():
        return (part.lower(),)
    return tuple(part[start : start + SHORTEST_PART] for start in range(len(part) - 1)) or (part,)
