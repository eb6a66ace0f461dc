"""Pages that take a file in: it is sealed while it comes, the form is checked once it is there, and it counts once."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.idempotency.requests import answer_once, key_of
from niangjia.kernel.idempotency.rules import is_key
from niangjia.kernel.intake.uploading import SealingUpload

View = Callable[[HttpRequest], HttpResponse]


def takes_sealed_file(*, may: Callable[[Actor], bool]) -> Callable[[View], View]:
    """A page for whoever `may` bring a file in; for everybody else there is none, and nothing of the file is read."""

    def taking(view: View) -> View:
        @csrf_protect
        def checked(request: HttpRequest) -> HttpResponse:
            if request.method == "POST" and is_key(key_of(request)):
                return answer_once(request, lambda: view(request))
            return view(request)

        @login_required
        @csrf_exempt  # checked above, once the handler that seals the file is in place
        @require_http_methods(["GET", "POST"])
        @wraps(view)
        def opened(request: HttpRequest) -> HttpResponse:
            if not may(request.actor):  # type: ignore[attr-defined]  # set by the middleware
                raise Http404
            if request.method == "POST":
                request.upload_handlers = [SealingUpload(request)]
            return checked(request)

        return opened

    return taking
