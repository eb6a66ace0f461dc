"""One request, one transaction, one actor, one instant."""

from collections.abc import Callable

from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse

from niangjia.kernel import clock
from niangjia.kernel.access.acting import acting_as_account
from niangjia.kernel.access.own_side import came_by_phone, on_own_side
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor
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
        account_id = request.user.pk if request.user.is_authenticated else None
        is_own_side = account_id is not None and came_by_phone(request)
        with transaction.atomic():
            whose = acting_as_account(account_id, is_own_side=is_own_side, is_whole=True)
            with whose as since, clock.held_or(since):
                request.actor = self._actor(request)  # type: ignore[attr-defined]  # the one attribute of ours on a request
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

    def _actor(self, request: HttpRequest) -> Actor:
        if not request.user.is_authenticated:
            return Actor(account_id=None, name="")
        actor = actor_of(request.user, on=clock.today())
        return on_own_side(actor) if came_by_phone(request) else actor
