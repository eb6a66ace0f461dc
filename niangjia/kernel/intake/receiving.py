"""Pages that take a file in: it is sealed while it comes, the form is checked once it is there, and it counts once."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.idempotency.requests import answer_once, key_of
from niangjia.kernel.idempotency.rules import is_key
from niangjia.kernel.intake.models import Import
from niangjia.kernel.intake.sheets import Refusal
from niangjia.kernel.intake.uploading import SealedFile, SealingUpload
from niangjia.kernel.intake.uploads import forget_upload

MEGABYTE = 1024 * 1024
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


def taken_in(form: Form, request: HttpRequest, take: Callable[[SealedFile], Import]) -> Import | None:
    """What became of the file where it will do; else the reason stands beside its field, and nothing of it is kept."""
    sealed = request.FILES.get("file")
    if any(handler.is_too_big for handler in request.upload_handlers):  # type: ignore[attr-defined]  # ours, put there above
        form.fields["file"].required = False
        limit = settings.UPLOAD_MAX_BYTES // MEGABYTE
        form.add_error("file", _("这份文件超过了 {limit} MB，太大了。请拆成几份再传。").format(limit=limit))
        return None
    if form.is_valid():
        chosen: SealedFile = form.cleaned_data["file"]
        try:
            return take(chosen)
        except Refusal as refusal:
            form.add_error("file", _("{file}：{reason}").format(file=chosen.name, reason=refusal.said(_)))
    if isinstance(sealed, SealedFile):
        forget_upload(sealed.upload.stored_as)
    return None
