"""One request, one transaction, one actor, one instant."""

from collections.abc import Callable

from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse

from niangjia.kernel.access.door import coming_in
from niangjia.kernel.access.services import Forbidden

# Answered without a session, so that a probe sees the program and not the sign-in.
WITHOUT_ACTOR = ("/healthz", "/readyz", "/metrics", "/static/")
SERVER_FAULT = 500


class ActorMiddleware:
    """Open the request's transaction, name the actor to the database, and hold the clock for the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request inside one transaction; an answer that failed leaves nothing behind."""
        if request.path.startswith(WITHOUT_ACTOR):
            return self.get_response(request)
        with transaction.atomic():
            with coming_in(request) as actor:
                request.actor = actor  # type: ignore[attr-defined]  # the one attribute of ours on a request
                response = self.get_response(request)
            if response.status_code >= SERVER_FAULT or getattr(request, "is_undone", False):
                transaction.set_rollback(True)
            return response

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        """Roll back once the page that says so is made; a refusal looks like a page that is not there.

        A detour of signing in is no failure.
        """
        if isinstance(error, ImmediateHttpResponse | ReauthenticationRequired):
            return
        request.is_undone = True  # type: ignore[attr-defined]  # read above
        if isinstance(error, Forbidden):
            raise Http404 from error
