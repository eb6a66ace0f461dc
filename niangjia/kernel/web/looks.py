"""Looks in words: the person's own page of who looked at her, and the words of lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor, Author, Role
from niangjia.kernel.reveal.models import Look
from niangjia.kernel.reveal.queries import looks_at, looks_at_her
from niangjia.kernel.reveal.rules import FIELD_WORDS, PURPOSE_WORDS, WAY_WORDS, WRITTEN_BY_ITSELF, Field, Purpose, Way
from niangjia.kernel.web.frames import frame_of
from niangjia.kernel.web.roles import unit_and_role
from niangjia.kernel.worded import Worded

LATEST = 3
PER_PAGE = 50
# A record that was joined into hers is looked at no more: the newest are always of her own.
NEWEST = Worded(lambda subject, now: looks_at(subject, at=now)[:LATEST], subject=int, now=datetime)


@dataclass(frozen=True)
class ToldLook:
    """A look as the person reads it (谁看过): unit and role, what, for what, when; a name only where she handles her own case."""

    who: str
    what: str
    purpose: str
    is_file: bool
    at: datetime


@dataclass(frozen=True)
class OwnLooks:
    """Who looked at the person's values: the latest, and how many there are."""

    latest: list[ToldLook]
    number: int


def own_looks(actor: Actor) -> OwnLooks | None:
    """The latest looks at this person; nothing for an account that belongs to nobody registered."""
    if actor.subject_id is None:
        return None
    latest = all_told(NEWEST(subject=actor.subject_id, now=clock.now()), actor.subject_id)
    is_all = len(latest) < LATEST
    return OwnLooks(latest, len(latest) if is_all else looks_at_her(actor.subject_id, at=clock.now()).count())


@login_required
@require_safe
def my_looks(request: HttpRequest) -> HttpResponse:
    """Everybody who looked at one's own sealed values (谁看过我的资料), newest first."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the middleware
    if actor.subject_id is None:
        raise Http404
    found = looks_at_her(actor.subject_id, at=clock.now())
    page = _page(request.GET.get("page", ""))
    first = (page - 1) * PER_PAGE
    shown = list(found[first : first + PER_PAGE + 1])
    context: dict[str, Any] = {
        "frame": frame_of(request),
        "looks": all_told(shown[:PER_PAGE], actor.subject_id),
        "number": found.count(),
        "earlier": page + 1 if len(shown) > PER_PAGE else 0,
        "later": page - 1,
    }
    return render(request, "web/my_looks.html", context)


def all_told(looks: list[Look], subject_id: int) -> list[ToldLook]:
    """Looks in the words of the person they concern; whoever handles what she asked stands there by name."""
    names = _handlers(subject_id) if any(look.purpose in WRITTEN_BY_ITSELF for look in looks) else {}
    return [told(look, names) for look in looks]


def told(look: Look, names: Mapping[int, str]) -> ToldLook:
    """A look in the words of the person it concerns; `names` are those of who handles what she asked, by account."""
    name = names.get(look.account_id or 0, "") if look.purpose in WRITTEN_BY_ITSELF else ""
    return ToldLook(
        who=_("{who} {name}").format(who=who_of(look), name=name) if name else who_of(look),
        what=field_of(look),
        purpose=purpose_of(look),
        is_file=look.way == Way.FILE,
        at=look.at,
    )


def _handlers(subject_id: int) -> dict[int, str]:
    """Who handles the cases of this person, by account (`NIANGJIA_HANDLERS_OF_HERS`)."""
    found: dict[int, str] = import_string(settings.NIANGJIA_HANDLERS_OF_HERS)(subject_id)
    return found


def who_of(look: Look) -> str:
    """Unit and role of whoever looked."""
    role = Role(look.role) if look.role else None
    return unit_and_role(Author(role, look.place_id, look.unit)) or _("运维人员")


def field_of(look: Look) -> str:
    """What was looked at."""
    return _(FIELD_WORDS[Field(look.field)])


def purpose_of(look: Look) -> str:
    """For what."""
    return _(PURPOSE_WORDS[Purpose(look.purpose)])


def way_of(look: Look) -> str:
    """In which way."""
    return _(WAY_WORDS[Way(look.way)])


def _page(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 1
