"""What the frame of every page needs: whose page it is, where they act, where they may go."""

from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import unquote_plus

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.module_loading import import_string

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Actor, Right
from niangjia.kernel.listing.views import REMEMBERED
from niangjia.kernel.people.masks import masked_words
from niangjia.kernel.web.look import Look
from niangjia.kernel.web.navigation import Line, Navigation, drawn
from niangjia.kernel.web.standing import Standing

NOBODY = Actor(account_id=None, name="")
MESSAGES = "/messages/"
SEARCH = "/search/"


class Shell:
    """The frame of one page; everything is worked out only when the frame asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def actor(self) -> Actor:
        """Who acts; nobody where no one is signed in, or where the page failed before that was known."""
        return getattr(self.request, "actor", NOBODY)

    @cached_property
    def look(self) -> Look:
        """The person's settings."""
        return getattr(self.request, "look", Look())

    @property
    def lang(self) -> str:
        """The language as HTML names it."""
        return self.look.lang

    @property
    def language(self) -> str:
        """The language of the words."""
        return self.look.language

    @property
    def theme(self) -> str:
        """Light or dark."""
        return self.look.theme

    @property
    def large_type(self) -> bool:
        """Whether type is large."""
        return self.look.large_type

    @property
    def name(self) -> str:
        """The person's name."""
        return self.actor.name

    @property
    def initial(self) -> str:
        """The first character of the name."""
        return self.name[:1]

    @property
    def post(self) -> str:
        """The person's post (职务)."""
        user = getattr(self.request, "user", None)
        return user.post if isinstance(user, Account) else ""

    @property
    def now(self) -> datetime:
        """The instant this page is made."""
        return clock.now()

    @cached_property
    def navigation(self) -> Navigation:
        """All entries there are."""
        found: Navigation = import_string(settings.NIANGJIA_NAVIGATION)
        return found

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines of work this person sees."""
        return self._drawn(self.navigation.lines)

    @cached_property
    def ends(self) -> tuple[Line, ...]:
        """What stands at the foot of the navigation."""
        return self._drawn(self.navigation.ends)

    @cached_property
    def tabs(self) -> tuple[Line, ...]:
        """The tabs of the worker's side, as far as there are pages behind them."""
        served = (tab for tab in self.navigation.tabs if is_served(tab.address, settings.ROOT_URLCONF))
        return self._drawn(tuple(served))

    @cached_property
    def here(self) -> str:
        """The address of this page, to come back to; without what was asked of it where that holds a whole number."""
        asked = unquote_plus(self.request.META.get("QUERY_STRING", ""))
        return self.request.get_full_path() if masked_words(asked) == asked else self.request.path

    @property
    def search_address(self) -> str:
        """Where the one search box leads; nowhere for who may not search."""
        search = self.navigation.search
        if search is None or not search.is_for(self.actor):
            return ""
        return SEARCH if is_served(SEARCH, settings.ROOT_URLCONF) else search.address

    @property
    def messages_address(self) -> str:
        """Where the bell leads; nowhere for who is not signed in."""
        return MESSAGES if self.actor.account_id and is_served(MESSAGES, settings.ROOT_URLCONF) else ""

    @cached_property
    def unread(self) -> int:
        """How many messages this person has not read, by the function wired in `NIANGJIA_UNREAD`."""
        wired = getattr(settings, "NIANGJIA_UNREAD", "")
        user = getattr(self.request, "user", None)
        return int(import_string(wired)(user)) if wired and isinstance(user, Account) else 0

    @cached_property
    def every_right(self) -> tuple[Right, ...]:
        """All rights of this person, also those not acted on now."""
        return getattr(self.request, "every_right", self.actor.rights)

    @cached_property
    def standing(self) -> Standing:
        """Which place the desk looks at, and which others it could."""
        return Standing(self.actor, self.every_right)

    @property
    def place_name(self) -> str:
        """The name of the place looked at."""
        return self.standing.name

    def _drawn(self, lines: tuple[Line, ...]) -> tuple[Line, ...]:
        session = getattr(self.request, "session", {})
        lists = session.get(REMEMBERED, {}) if self.name else {}
        return drawn(lines, actor=self.actor, path=self.request.path, lists=lists)


@lru_cache(maxsize=64)
def is_served(address: str, urlconf: str) -> bool:
    """Whether there is a page at this address."""
    try:
        resolve(address, urlconf)
    except Resolver404:
        return False
    return True


def shell(request: HttpRequest) -> dict[str, Any]:
    """The frame, for every template."""
    return {"shell": Shell(request)}
