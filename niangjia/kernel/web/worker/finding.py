"""Finding a service by what somebody writes: a word, part of a sentence, pinyin, initials."""

from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import override

from niangjia.kernel.chinese.pinyin import pinyin_keys
from niangjia.kernel.chinese.width import fold_width
from niangjia.kernel.web.worker.declared import Service, Words

SOURCE_LANGUAGE = "zh-hans"
# One Latin letter, or one character of a sentence, would mean everything.
SHORTEST_PINYIN = 2
SHORTEST_PART = 2


def found(services: list[Service], written: str) -> list[Service]:
    """The services meant by what is written, the nearest first."""
    wanted = _tidy(written)
    if not wanted:
        return services
    ranked = [(_rank(service, wanted), service) for service in services]
    return [service for rank, service in sorted(ranked, key=lambda pair: pair[0]) if rank < NOT_MEANT]


NOT_MEANT = 9


def _rank(service: Service, wanted: str) -> int:
    """How near a service is: 0 by its name, then by other words for it, in what is said of it, by pinyin, by a part of a sentence."""
    names = (_tidy(_source(service.title)), _tidy(str(service.title)), _tidy(_source(service.caption)))
    others = tuple(map(_tidy, service.words))
    said = (_tidy(_source(service.line)), _tidy(str(service.line)))
    tests = (
        any(name.startswith(wanted) for name in names),
        any(wanted in name for name in names),
        any(wanted in word for word in others),
        any(wanted in line for line in said),
        _by_pinyin((*names, *others), wanted),
        any(word in wanted for word in (*names, *others) if len(word) >= SHORTEST_PART),
    )
    return next((rank for rank, holds in enumerate(tests) if holds), NOT_MEANT)


def _by_pinyin(names: tuple[str, ...], wanted: str) -> bool:
    if not wanted.isascii() or len(wanted) < SHORTEST_PINYIN:
        return False
    return any(wanted in key for name in names for key in _keys(name))


@lru_cache(maxsize=2048)
def _keys(name: str) -> tuple[str, str]:
    """Pinyin and initials; the reading of a surname does not count here, so a name never begins with one."""
    syllables, initials = pinyin_keys(f"一{name}")
    return syllables.removeprefix("yi"), initials.removeprefix("y")


def _source(words: Words) -> str:
    """Words as they are written in Chinese, whatever the reader's language."""
    if not isinstance(words, Promise):
        return words
    with override(SOURCE_LANGUAGE):
        return str(words)


def _tidy(text: str) -> str:
    """Letters, digits and characters alone, whatever the width and case."""
    return "".join(filter(str.isalnum, fold_width(text).casefold()))
