"""The worker's side ends where the means of cadres begin: a phone alone sets up no password and no second factor."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from niangjia.kernel.access.own_side import came_by_phone

# Whoever holds a phone for a minute must not leave a key behind that opens more than the phone did.
CLOSED = ("/second-factor/", "/settings/password/")


class OwnSideMiddleware:
    """No password and no second factor is set up in a session that a phone opened."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; the pages for passwords and second factors are not there for a phone."""
        if request.path.startswith(CLOSED) and request.user.is_authenticated and came_by_phone(request):
            raise Http404
        return self.get_response(request)
