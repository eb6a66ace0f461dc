"""What went wrong, as programs read it: application/problem+json (RFC 9457), with a closed code and words for people."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import Field

from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.chinese import Reason

CONTENT_TYPE = "application/problem+json"
TYPE = "urn:niangjia:problem:"
CHALLENGE = 'Bearer realm="niangjia"'


class WrongPart(Schema):
    """What is wrong with one part of a request; the path is empty where it is the whole."""

    path: str
    code: str
    text: str


class ProblemOut(Schema):
    """A request that was not done (RFC 9457); nothing was changed unless `detail` says so."""

    type: Annotated[str, Field(description="`urn:niangjia:problem:` and the code.")]
    title: str
    status: int
    code: Annotated[str, Field(description="Closed: a code is never used again with another meaning.")]
    detail: Annotated[str, Field(description="In the reader's language.")] = ""
    instance: Annotated[str, Field(description="The request's own number, as it stands in the log.")] = ""
    reasons: list[WrongPart] = []


class Problem(Exception):
    """A refusal on its way to the program that asked."""

    def __init__(
        self, status: HTTPStatus, code: str, detail: str = "", *, reasons: list[WrongPart] | None = None
    ) -> None:
        super().__init__(code)
        self.status, self.code, self.detail, self.reasons = status, code, detail, reasons or []


def refused(reasons: Mapping[str, Reason]) -> Problem:
    """The refusal of a service, part by part."""
    parts = [
        WrongPart(path="" if path == "__all__" else path, code=reason.code, text=in_words(reason))
        for path, reason in reasons.items()
    ]
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "refused", _("有几处要改，什么都没有保存。"), reasons=parts)


def in_words(reason: Reason) -> str:
    """A reason in the reader's language, with its values filled in."""
    return _(reason.sentence).format(**reason.values)


def answer(status: HTTPStatus, code: str, detail: str = "", *, reasons: list[WrongPart] | None = None) -> HttpResponse:
    """The response of a problem; its number is added on the way out."""
    body: dict[str, Any] = {
        "type": TYPE + code,
        "title": status.phrase,
        "status": int(status),
        "code": code,
        "detail": detail,
        "reasons": [part.model_dump() for part in reasons or []],
    }
    response = JsonResponse(
        body, status=int(status), content_type=CONTENT_TYPE, json_dumps_params={"ensure_ascii": False}
    )
    if status is HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = CHALLENGE
    return response


def not_there(_request: HttpRequest, **_path: object) -> HttpResponse:
    """No such thing, or not for this actor: one answer for both."""
    return answer(HTTPStatus.NOT_FOUND, "not_found")


def add_handlers(api: NinjaAPI) -> None:
    """Every failure that is not our own fault becomes a problem."""

    @api.exception_handler(Problem)
    def _problem(_request: HttpRequest, problem: Problem) -> HttpResponse:
        return answer(problem.status, problem.code, problem.detail, reasons=problem.reasons)

    @api.exception_handler(ValidationError)
    def _invalid(_request: HttpRequest, invalid: ValidationError) -> HttpResponse:
        parts = [
            WrongPart(path=".".join(str(part) for part in _path_of(error)), code=error["type"], text=error["msg"])
            for error in invalid.errors
        ]
        return answer(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", _("送来的内容不合格式。"), reasons=parts)

    @api.exception_handler(HttpError)
    def _http(_request: HttpRequest, error: HttpError) -> HttpResponse:
        status = HTTPStatus(error.status_code)
        if status is HTTPStatus.FORBIDDEN:
            return answer(
                status, "not_from_here", _("这个写入不是从本站的页面发出的，没有办。请带上 CSRF 令牌，或改用密钥。")
            )
        return answer(status, "bad_request", _("请求读不懂，什么都没有办。请核对格式。"))

    @api.exception_handler(AuthenticationError)
    def _unknown(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
        return not_signed_in()

    @api.exception_handler(Http404)
    def _absent(request: HttpRequest, _absent: Http404) -> HttpResponse:
        return not_there(request)

    @api.exception_handler(Forbidden)
    def _forbidden(request: HttpRequest, _refusal: Forbidden) -> HttpResponse:
        return not_there(request)


def not_signed_in() -> HttpResponse:
    """Nobody is known who asks."""
    return answer(HTTPStatus.UNAUTHORIZED, "not_signed_in", _("请先登录，或带上密钥。"))


def _path_of(error: Mapping[str, Any]) -> tuple[Any, ...]:
    """Where in the request: neither where it was sent (body, query) nor what the code calls it."""
    where: tuple[Any, ...] = tuple(error["loc"])
    return where[2:] if where[:1] == ("body",) else where[1:]
