"""Pages of the program in the box on top: typing 导入, dr or "export" leads there."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.second_factor import needs_second_factor
from niangjia.kernel.chinese import pinyin_keys
from niangjia.kernel.listing.exporting import listings
from niangjia.kernel.search import Asked, Found, Hit, SearchSource
from niangjia.kernel.web.navigation import Line, Navigation

Words = str | Promise
OWN = ((_("设置"), "settings"), (_("登录和设备"), "sessions"), (_("改密码"), "account_change_password"))
# In the middle of a word two letters mean too much.
SHORTEST_WITHIN = 3
NOWHERE = 9


@dataclass(frozen=True)
class Page:
    """A page of the program (功能页): what it is called, under which heading, where it is."""

    title: Words
    address: str
    under: Words = ""


def _pages(actor: Actor, asked: Asked, limit: int) -> Found:
    other: dict[str, tuple[str, ...]] = import_string(settings.NIANGJIA_OTHER_WORDS)
    ranked = [
        (rank_of(asked.text, (*_both(page.title), *other.get(page.address, ()))), page) for page in pages_for(actor)
    ]
    best = sorted((each for each in ranked if each[0] < NOWHERE), key=lambda each: each[0])
    return Found(tuple(Hit(page.title, (page.under,), page.address) for _rank, page in best[:limit]))


def pages_for(actor: Actor) -> list[Page]:
    """Every page that this actor is offered anywhere: navigation, buttons of lists, own settings; each address once."""
    navigation: Navigation = import_string(settings.NIANGJIA_NAVIGATION)
    lines = (*navigation.lines, *navigation.ends) if needs_second_factor(actor) else navigation.tabs
    found = [*_of_lines(lines, actor), *_of_lists(actor), *(Page(title, reverse(name)) for title, name in OWN)]
    return list({page.address: page for page in reversed(found)}.values())[::-1]


def rank_of(words: str, names: tuple[str, ...]) -> int:
    """How well words mean something of these names: 0 wholly, 1 by its beginning, 2 within, `NOWHERE` not at all."""
    word = "".join(words.lower().split())
    is_within = not word.isascii() or len(word) >= SHORTEST_WITHIN
    return min((_rank(word, form, is_within) for name in names for form in _forms(name)), default=NOWHERE)


def _rank(word: str, form: str, is_within: bool) -> int:  # noqa: FBT001 - private
    if word == form:
        return 0
    if form.startswith(word):
        return 1
    return 2 if is_within and word in form else NOWHERE


def _of_lines(lines: tuple[Line, ...], actor: Actor, under: Words = "") -> Iterator[Page]:
    for line in lines:
        if line.is_for(actor):
            if line.address:
                yield Page(line.title, line.address, under)
            yield from _of_lines(line.lines, actor, line.title)


def _of_lists(actor: Actor) -> Iterator[Page]:
    for listing in listings().values():
        if listing.move is not None and actor.paths(listing.move):
            for button in listing.buttons:
                if button.is_for(actor):
                    yield Page(button.words, button.address, listing.title)


def _both(title: Words) -> tuple[str, ...]:
    """A title in Chinese and in English."""
    found = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found.append(str(title))
    return tuple(found)


@lru_cache(maxsize=2_000)
def _forms(name: str) -> tuple[str, ...]:
    """A name as it may be typed: as it stands, by pinyin, by initials."""
    plain = "".join(name.lower().split())
    return tuple(dict.fromkeys((plain, *pinyin_keys(plain)))) if plain else ()


PAGES_FOUND = SearchSource("pages", _("功能"), "menu-2", _pages)
