"""What the frame of every page needs: whose page it is, where they act, where they may go."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Actor, Right, Role
from niangjia.kernel.listing.views import REMEMBERED
from niangjia.kernel.web.look import Look
from niangjia.kernel.web.navigation import Line, Navigation, drawn
from niangjia.kernel.web.roles import words_of

NOBODY = Actor(account_id=None, name="")
ACTING_AT = "acting_at"


@dataclass(frozen=True)
class ActingPlace:
    """A right as the place switcher offers it."""

    key: str
    name: str
    role: str | Promise
    is_current: bool


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
        """The tabs of the worker's side."""
        return self._drawn(self.navigation.tabs)

    @property
    def search_address(self) -> str:
        """Where the search on top leads; nowhere for who may not search."""
        search = self.navigation.search
        return search.address if search is not None and search.is_for(self.actor) else ""

    @cached_property
    def every_right(self) -> tuple[Right, ...]:
        """All rights of this person, also those not acted on now."""
        return getattr(self.request, "every_right", self.actor.rights)

    @cached_property
    def _names(self) -> dict[int, str]:
        return {right.place_id: right.place_name for right in self.every_right}

    @cached_property
    def places(self) -> tuple[ActingPlace, ...]:
        """The places this person may act at, for the switcher; only when there are several."""
        acting = self.actor.rights[:1]
        return tuple(
            ActingPlace(key_of(right), self._name(right), words_of(right.role), (right,) == acting)
            for right in self.every_right
            if right.role is not Role.WORKER
        )

    @cached_property
    def place_name(self) -> str:
        """The name of the place acted at."""
        return self._name(self.actor.rights[0]) if self.actor.rights else ""

    def _name(self, right: Right) -> str:
        return self._names.get(right.place_id) or right.place_name

    def _drawn(self, lines: tuple[Line, ...]) -> tuple[Line, ...]:
        session = getattr(self.request, "session", {})
        lists = session.get(REMEMBERED, {}) if self.name else {}
        return drawn(lines, actor=self.actor, path=self.request.path, lists=lists)


def key_of(right: Right) -> str:
    """What the switcher sends for a right."""
    return f"{right.role.value}-{right.place_id}"


def shell(request: HttpRequest) -> dict[str, Any]:
    """The frame, for every template."""
    return {"shell": Shell(request)}
