"""How a person wants the pages: language, theme, size of type. Kept on the account, or in the session of a passer-by."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from niangjia.kernel.access.models import Account

KEPT = "look"
SWITCHES = {"on": True, "off": False}
THEMES = ("light", "dark")
# how a language is named in HTML
SPOKEN = {"zh-hans": "zh-CN", "en": "en"}


@dataclass(frozen=True)
class Look:
    """A person's settings (设置) of the pages."""

    language: str = settings.LANGUAGE_CODE
    theme: str = "light"
    large_type: bool = False

    @property
    def lang(self) -> str:
        """The language as HTML names it."""
        return SPOKEN[self.language]


def look_of(user: Account | AnonymousUser, session: Any) -> Look:
    """The settings in force: the account's, else the session's, else the usual ones."""
    if isinstance(user, Account):
        return Look(user.language, user.theme, user.large_type)
    return Look(**wanted(session.get(KEPT, {})))


def wanted(given: Any) -> dict[str, Any]:
    """What of a form or a session is a setting we know; everything else is left aside."""
    found: dict[str, Any] = {}
    if given.get("language") in SPOKEN:
        found["language"] = given["language"]
    if given.get("theme") in THEMES:
        found["theme"] = given["theme"]
    large = given.get("large_type")
    if isinstance(large, bool) or large in SWITCHES:
        found["large_type"] = SWITCHES.get(large, large)
    return found


def keep(request: HttpRequest, changed: dict[str, Any]) -> None:
    """Keep settings for the next page: with the account, or in the session where nobody is signed in."""
    user = request.user
    if isinstance(user, Account):
        Account.objects.filter(pk=user.pk).update(**changed)
    else:
        request.session[KEPT] = request.session.get(KEPT, {}) | changed
