"""Around every page: the person's language, the place acted at, and nothing kept by the browser of who is signed in."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.cache import patch_cache_control

from niangjia.kernel.access.hashing import LINE, LineFull
from niangjia.kernel.access.loopback import is_on_loopback
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.passwords import why_change_password
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.second_factor import has_second_factor, needs_second_factor, was_proved
from niangjia.kernel.access.sessions import why_ended
from niangjia.kernel.web.errors import door_full
from niangjia.kernel.web.look import look_of
from niangjia.kernel.web.standing import at_desk

Answer = Callable[[HttpRequest], HttpResponse]

# Where a cadre may go before the second factor is set up.
OPEN_BEFORE = ("/second-factor/", "/sign-out/", "/settings/", "/complaints/", "/how-to/")
# Where anybody may go whose password must be changed first.
OPEN_WITH_OLD_PASSWORD = (
    "/settings/password/",
    "/sign-out/",
    "/look/",
    "/complaints/",
    "/how-to/",
    "/second-factor/password/",
)
# Pages that need nobody: there, whose session is over goes on as a stranger.
OPEN_TO_ALL = ("/sign-in/", "/sign-out/", "/set-password/", "/complaints/", "/how-to/", "/u/", "/notices/")
# Where a password is sent to.
BRING_A_PASSWORD = frozenset({"/sign-in/", "/set-password/", "/settings/password/", "/second-factor/password/"})
PROGRAMS = "/api/"
PASSWORD, SECOND_FACTOR = "account_change_password", "mfa_activate_totp"


class DoorQueueMiddleware:
    """Who brings a password when too many do is told so before anything is looked up, counted or kept."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request in its place of the queue, or say when to come again."""
        if request.method != "POST" or request.path not in BRING_A_PASSWORD:
            return self.get_response(request)
        try:
            with LINE.place():
                return self.get_response(request)
        except LineFull:
            return door_full(request)


class PrivatePagesMiddleware:
    """Speak the person's language, look at the place she chose, and let no copy of her pages stay behind."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; whatever a signed-in person gets is not stored anywhere."""
        actor: Actor | None = getattr(request, "actor", None)
        if actor is None:  # a probe or a file: nobody's page
            return self.get_response(request)
        self._speak(request)
        request.every_right = actor.rights  # type: ignore[attr-defined]  # read by the place switcher
        request.actor = at_desk(actor, request.session)  # type: ignore[attr-defined]
        was_signed_in = request.user.is_authenticated
        response = self.get_response(request)
        if was_signed_in or request.user.is_authenticated:
            patch_cache_control(response, no_store=True, private=True)
        return response

    def _speak(self, request: HttpRequest) -> None:
        look = look_of(request.user, request.session)
        request.look = look  # type: ignore[attr-defined]  # read by the frame
        translation.activate(look.language)
        request.LANGUAGE_CODE = look.language


class SignInGateMiddleware:
    """No work without the second factor, and no demo account from another machine."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, or say first where to sign in."""
        if getattr(request, "actor", None) is None or not request.user.is_authenticated:
            return self.get_response(request)
        if request.user.is_demo and not is_on_loopback(request):
            return self._sign_in_anew(request)
        ended = why_ended(request, request.actor)  # type: ignore[attr-defined]  # set above
        if ended is not None:
            return self._sign_in_anew(request, why=ended)
        wanting = self._still_to_do(request)
        if wanting is None:
            return self.get_response(request)
        if _is_for_programs(request) or (wanting == SECOND_FACTOR and has_second_factor(request.user)):
            return self._sign_in_anew(request)
        return redirect(wanting)

    def _still_to_do(self, request: HttpRequest) -> str | None:
        """The page that comes before any other: a password of one's own, then the second factor; None where all is done."""
        if self._lacks_password(request):
            return PASSWORD
        return SECOND_FACTOR if self._lacks_proof(request) else None

    def _lacks_password(self, request: HttpRequest) -> bool:
        if request.path.startswith(OPEN_WITH_OLD_PASSWORD) or not isinstance(request.user, Account):
            return False
        rights = request.every_right  # type: ignore[attr-defined]  # set above
        at_work = needs_second_factor(Actor(account_id=None, name="", rights=rights))
        return why_change_password(request.user, at_work=at_work) is not None

    def _lacks_proof(self, request: HttpRequest) -> bool:
        rights = request.every_right  # type: ignore[attr-defined]  # set above
        if not needs_second_factor(Actor(account_id=None, name="", rights=rights)) or was_proved(request):
            return False
        return not request.path.startswith(OPEN_BEFORE)

    def _sign_in_anew(self, request: HttpRequest, *, why: str = "") -> HttpResponse:
        logout(request)
        if _is_for_programs(request):
            return HttpResponse(status=401)
        if request.path.startswith(OPEN_TO_ALL):
            return redirect(request.path)
        htmx = request.htmx  # type: ignore[attr-defined]  # set by django-htmx
        wished = htmx.current_url_abs_path if htmx else request.get_full_path()
        if not htmx and request.method != "GET":
            wished = urlsplit(request.META.get("HTTP_REFERER", "")).path
        asked = {"next": wished or "/"} | ({"why": f"{why}-typed" if request.method == "POST" else why} if why else {})
        address = f"{settings.LOGIN_URL}?{urlencode(asked, safe='/')}"
        # A fragment cannot show the door: the whole page goes there.
        return HttpResponse(status=401, headers={"HX-Redirect": address}) if htmx else redirect(address)


def _is_for_programs(request: HttpRequest) -> bool:
    return request.path.startswith(PROGRAMS)
