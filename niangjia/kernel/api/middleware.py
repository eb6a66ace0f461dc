"""Around every request of a program: whatever goes wrong, also before anybody looked at it, is told as a problem."""

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from niangjia.kernel.api.problems import CONTENT_TYPE, answer, not_signed_in, not_there
from niangjia.kernel.idempotency.requests import is_api
from niangjia.kernel.idempotency.rules import WRITES

REFUSED = 400
JSON = "application/json"


class ProblemsMiddleware:
    """Answer programs with problems only; each carries the number of its request, which the log has too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; pages pass untouched."""
        if not is_api(request):
            return self.get_response(request)
        response = _why_not_read(request) or self.get_response(request)
        if response.status_code < REFUSED:
            return response
        return _numbered(_as_problem(request, response), request)


def _why_not_read(request: HttpRequest) -> HttpResponse | None:
    """A body that is too long, or no JSON, is not read at all."""
    if request.method not in WRITES:
        return None
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        words = _("送来的内容超过 {most} MB，没有读。请分几次送。")
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024**2
        return answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", words.format(most=most))
    if length != "0" and request.content_type != JSON:
        return answer(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "not_json", _("请用 application/json 送内容。"))
    return None


def _as_problem(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """An answer that was made by the frame and not by the API, in the API's words; its headers stay."""
    if response.headers.get("Content-Type") == CONTENT_TYPE:
        return response
    made = _in_our_words(request, HTTPStatus(response.status_code))
    for name in ("Allow", "Retry-After", "Vary"):
        if name in response.headers:
            made[name] = response[name]
    return made


def _in_our_words(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    match status:
        case HTTPStatus.UNAUTHORIZED:
            return not_signed_in()
        case HTTPStatus.NOT_FOUND:
            return not_there(request)
        case HTTPStatus.METHOD_NOT_ALLOWED:
            words = _("这个地址没有 {method} 这种办法。请看接口说明。")
            return answer(status, "method_not_allowed", words.format(method=str(request.method)[:8]))
        case HTTPStatus.BAD_REQUEST:
            return answer(status, "bad_request", _("请求读不懂，什么都没有办。请核对格式。"))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        words = _("没有办成，是系统这边出了错。什么都没有保存，用同一个 Idempotency-Key 再发不会重复。")
        return answer(status, "our_fault", words)
    return answer(status, "refused", "")


def _numbered(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    number = str(getattr(request, "number", "") or uuid4())
    body: dict[str, Any] = json.loads(response.content)
    body["instance"] = f"urn:uuid:{number}"
    response.content = json.dumps(body, ensure_ascii=False).encode()
    if "Content-Length" in response.headers:
        response["Content-Length"] = str(len(response.content))
    return response
