"""Every write counts once: a double click, a retried request, a line that broke after the answer was on its way."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from niangjia.kernel.api.problems import answer
from niangjia.kernel.idempotency.requests import answer_once, is_api, key_of
from niangjia.kernel.idempotency.rules import HEADER, WRITES, is_key
from niangjia.kernel.idempotency.services import KeyReused
from niangjia.kernel.web.errors import sent_before


class OnceMiddleware:
    """Answer a write by its key; programs must send one. Whoever is not signed in writes nothing that could be doubled."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        actor = getattr(request, "actor", None)
        signed_in = actor is not None and (request.user.is_authenticated or bool(actor.known_as))
        if request.method not in WRITES or not signed_in or _is_read_by_its_view(request):
            return self.get_response(request)
        key = key_of(request)
        if is_api(request) and not is_key(key):
            words = _("每次写入都要带一个请求头 {header}（8 到 64 个字母、数字），重试时用同一个。")
            return answer(HTTPStatus.BAD_REQUEST, "idempotency_key_missing", words.format(header=HEADER))
        if not is_key(key):
            return self.get_response(request)
        try:
            return answer_once(request, lambda: self.get_response(request))
        except KeyReused:
            return self._reused(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A form with a file that came before with something else in it."""
        return self._reused(request) if isinstance(error, KeyReused) else None

    def _reused(self, request: HttpRequest) -> HttpResponse:
        if not is_api(request):
            return sent_before(request)
        words = _("这个 {header} 已经用在另一个内容不同的请求上，这次什么都没有做。换一个新的再发。")
        return answer(HTTPStatus.UNPROCESSABLE_ENTITY, "idempotency_key_reused", words.format(header=HEADER))


def _is_read_by_its_view(request: HttpRequest) -> bool:
    """A form whose view says first where its file goes may not be read before; such a view checks token and key itself."""
    if is_api(request):
        return False
    try:
        return bool(getattr(resolve(request.path_info).func, "csrf_exempt", False))
    except Resolver404:
        return True
