"""What the middleware left on a request, with its type."""

from django.http import HttpRequest

from niangjia.kernel.access.rules import Actor


def who_asks(request: HttpRequest) -> Actor:
    """The actor of a request, as the middleware has found her."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the middleware
    return actor
