"""Programs that come with a key: known at the door, counted, and named to the database for the whole request."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from structlog.contextvars import bind_contextvars

from niangjia.kernel.access.acting import acting
from niangjia.kernel.api.problems import answer, not_signed_in
from niangjia.kernel.idempotency.requests import is_api
from niangjia.kernel.programs.services import known, seconds_to_wait

BEARER = "bearer"


class KeyMiddleware:
    """Who brings a key is the program of that key, whatever cookies come along; pages know no keys."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request as the program, or say why not."""
        brought = request.headers.get("Authorization", "")
        if not brought or not is_api(request):
            return self.get_response(request)
        scheme, _space, text = brought.partition(" ")
        address = request.META.get("REMOTE_ADDR", "")
        program = known(text.strip(), address=address) if scheme.lower() == BEARER else None
        if program is None:
            return not_signed_in()
        bind_contextvars(key=program.name)
        wait = seconds_to_wait(program)
        if wait:
            return _too_often(wait)
        request.user = AnonymousUser()
        request.actor = program  # type: ignore[attr-defined]  # who acts, as the middleware of accounts sets it
        with acting(program):
            response = self.get_response(request)
        patch_cache_control(response, no_store=True, private=True)
        return response


def _too_often(wait: int) -> HttpResponse:
    words = _("这个密钥问得太勤，{seconds} 秒以后再来。")
    response = answer(HTTPStatus.TOO_MANY_REQUESTS, "too_often", words.format(seconds=wait))
    response["Retry-After"] = str(wait)
    return response
