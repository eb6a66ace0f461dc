"""Open sessions (登录会话): begun by signing in, ended by signing out, by idleness, or by whoever has the say."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account, OpenSession
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.second_factor import needs_second_factor
from niangjia.kernel.access.telling import tell_of_device
from niangjia.kernel.journal.services import record

SESSION = "open_session"
IDLE, ENDED = "idle", "ended"
NO_SESSION = str(UUID(int=0))
# An activity is noted once a minute: a page with ten parts writes once.
NOTED_EVERY = timedelta(minutes=1)

# What a browser says of itself, as people call it; the first that fits.
BROWSERS = (
    ("MicroMessenger", "微信"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


class SessionLine(NamedTuple):
    """A session as its owner sees it."""

    id: UUID
    device: str
    opened_at: datetime
    last_active_at: datetime
    is_current: bool


def begin(request: HttpRequest, user: Any, **_kwargs: object) -> None:
    """Open a session; called whenever somebody has signed in."""
    if not isinstance(user, Account):
        return
    forgotten = clock.now() - timedelta(seconds=settings.WORKER_SESSION_AGE)
    OpenSession.objects.filter(account=user, last_active_at__lt=forgotten).delete()
    device = device_words(request.META.get("HTTP_USER_AGENT", ""))
    tell_of_device(user, device)
    opened = OpenSession.objects.create(account=user, device=device)
    request.session[SESSION] = str(opened.pk)


def finish(request: HttpRequest, user: Any, **_kwargs: object) -> None:
    """Close the session of whoever signs out."""
    if isinstance(user, Account):
        OpenSession.objects.filter(pk=_token(request), account=user).delete()


def why_ended(request: HttpRequest, actor: Actor) -> str | None:
    """None while the session is open, else `ended` or `idle`; judged by the database's clock. Notes the activity."""
    now, active_at = clock.now(), request.last_active_at  # type: ignore[attr-defined]  # told at the door
    if active_at is None:
        return ENDED
    limit = idle_limit(actor)
    if limit is not None and now - active_at >= limit:
        _opened(request, actor).delete()
        return IDLE
    if now - active_at >= NOTED_EVERY:
        # A request beside this one may be noting the same: nobody waits for that.
        free = _opened(request, actor).select_for_update(skip_locked=True)
        OpenSession.objects.filter(pk__in=[each.pk for each in free]).update(last_active_at=now)
    return None


def _opened(request: HttpRequest, actor: Actor) -> QuerySet[OpenSession]:
    return OpenSession.objects.filter(pk=_token(request), account_id=actor.account_id or 0)


def idle_limit(actor: Actor) -> timedelta | None:
    """How long a session may rest: half an hour where it opens other people's records, else as long as its cookie."""
    minutes = settings.NIANGJIA_IDLE_MIN if needs_second_factor(actor) else settings.NIANGJIA_WORKER_IDLE_MIN
    return timedelta(minutes=minutes) if minutes else None


def sessions_of(account: Account, request: HttpRequest) -> list[SessionLine]:
    """The open sessions of an account, this one first; one that rested too long is over already."""
    current = request.session.get(SESSION)
    limit = idle_limit(request.actor) or timedelta(seconds=settings.WORKER_SESSION_AGE)  # type: ignore[attr-defined]  # set by the middleware
    alive = OpenSession.objects.filter(account=account, last_active_at__gt=clock.now() - limit)
    found = alive.order_by("-last_active_at", "id")
    lines = [
        SessionLine(each.pk, each.device, each.opened_at, each.last_active_at, str(each.pk) == current)
        for each in found
    ]
    return sorted(lines, key=lambda line: not line.is_current)


def end_sessions(account: Account, *, by: Actor, but: str | None = None, only: UUID | None = None) -> int:
    """End sessions of an account (退出登录), all but one, or only one: their next request is a stranger's. How many."""
    found = OpenSession.objects.filter(account=account)
    if but:
        found = found.exclude(pk=but)
    if only is not None:
        found = found.filter(pk=only)
    ended, _each = found.delete()
    if ended:
        detail = {"sessions": ended}
        home = account.place
        place = (home.city, home.pk) if home else None
        record("end_sessions", by=by, thing="account", thing_id=account.pk, place=place, detail=detail)
    return ended


def device_words(user_agent: str) -> str:
    """Browser and system in words; nothing else of what the browser says is kept."""
    parts = (_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent))
    return " · ".join(part for part in parts if part)


def _token(request: HttpRequest) -> str:
    return str(request.session.get(SESSION, NO_SESSION))


def _first(known: tuple[tuple[str, str], ...], text: str) -> str:
    return next((words for mark, words in known if mark in text), "")
