"""What went wrong, as programs read it: application/problem+json (RFC 9457), with a closed code and words for people."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.chinese import Reason

CONTENT_TYPE = "application/problem+json"


class FieldProblem(Schema):
    """What is wrong with one field."""

    field: str
    code: str
    reason: str


class ProblemOut(Schema):
    """A request that was not done; nothing was changed unless `detail` says so."""

    type: str
    title: str
    status: int
    code: str
    detail: str = ""
    errors: list[FieldProblem] = []


class Problem(Exception):
    """A refusal on its way to the program that asked."""

    def __init__(
        self, status: HTTPStatus, code: str, detail: str = "", *, errors: list[FieldProblem] | None = None
    ) -> None:
        super().__init__(code)
        self.status, self.code, self.detail, self.errors = status, code, detail, errors or []


def refused(reasons: Mapping[str, Reason]) -> Problem:
    """The refusal of a service, field by field."""
    errors = [
        FieldProblem(field="" if field == "__all__" else field, code=reason.code, reason=in_words(reason))
        for field, reason in reasons.items()
    ]
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "refused", _("有几处要改，什么都没有保存。"), errors=errors)


def in_words(reason: Reason) -> str:
    """A reason in the reader's language, with its values filled in."""
    return _(reason.sentence).format(**reason.values)


def answer(
    status: HTTPStatus, code: str, detail: str = "", *, errors: list[FieldProblem] | None = None
) -> HttpResponse:
    """The response of a problem."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": status.phrase,
        "status": int(status),
        "code": code,
        "detail": detail,
        "errors": [error.model_dump() for error in errors or []],
    }
    return JsonResponse(body, status=int(status), content_type=CONTENT_TYPE, json_dumps_params={"ensure_ascii": False})


def not_there(_request: HttpRequest, **_path: object) -> HttpResponse:
    """No such thing, or not for this actor: one answer for both."""
    return answer(HTTPStatus.NOT_FOUND, "not_found")


def add_handlers(api: NinjaAPI) -> None:
    """Every failure that is not our own fault becomes a problem."""

    @api.exception_handler(Problem)
    def _problem(_request: HttpRequest, problem: Problem) -> HttpResponse:
        return answer(problem.status, problem.code, problem.detail, errors=problem.errors)

    @api.exception_handler(ValidationError)
    def _invalid(_request: HttpRequest, invalid: ValidationError) -> HttpResponse:
        errors = [
            FieldProblem(
                field=".".join(str(part) for part in error["loc"][1:]), code=error["type"], reason=error["msg"]
            )
            for error in invalid.errors
        ]
        return answer(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", _("送来的内容不合格式。"), errors=errors)

    @api.exception_handler(HttpError)
    def _http(_request: HttpRequest, error: HttpError) -> HttpResponse:
        return answer(HTTPStatus(error.status_code), "bad_request", str(error))

    @api.exception_handler(AuthenticationError)
    def _unknown(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
        return answer(HTTPStatus.UNAUTHORIZED, "not_signed_in", _("请先登录。"))

    @api.exception_handler(Http404)
    def _absent(request: HttpRequest, _absent: Http404) -> HttpResponse:
        return not_there(request)

    @api.exception_handler(Forbidden)
    def _forbidden(request: HttpRequest, _refusal: Forbidden) -> HttpResponse:
        return not_there(request)
