"""Logs as one JSON object a line, each with the request's id; no search words and no addresses of people in them."""

import re
from time import perf_counter
from typing import Any, cast
from uuid import uuid4

import structlog
from django.http import HttpRequest, HttpResponse
from django_structlog.middlewares import RequestMiddleware
from structlog.contextvars import bind_contextvars

SECRET_PATHS = re.compile(r"^(/set-password/|/sign-in/city/link/).+")
SHARED = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
)

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.JSONRenderer(ensure_ascii=False),
            "foreign_pre_chain": SHARED,
        },
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "niangjia": {"level": "INFO"},
        "django_structlog": {"level": "INFO"},
        # the request log says it already, with the request's id
        "django.request": {"level": "ERROR"},
        "django.server": {"level": "ERROR"},
    },
}


class RequestLogMiddleware(RequestMiddleware):
    """Logs each request in one line with an id of its own, without the query: people search for names and ID numbers."""

    def prepare(self, request: HttpRequest) -> None:
        """Bind the request's id to every line that is logged meanwhile; the account's number comes once she is known."""
        request.number = str(uuid4())  # type: ignore[attr-defined]  # told to programs whose request was refused
        bind_contextvars(request_id=request.number)  # type: ignore[attr-defined]  # set above

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; how long that took stands in its line."""
        begun = perf_counter()
        self.prepare(request)
        response = cast("HttpResponse", self.get_response(request))
        bind_contextvars(milliseconds=round((perf_counter() - begun) * 1000))
        self.handle_response(request, response)
        return response

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """Method and path; links for a password or an identity stay out of the log."""
        path = SECRET_PATHS.sub(r"\1…", request.path)
        return f"{request.method} {path}"


def configure_structlog() -> None:
    """Let structlog's loggers speak through Python's, so that there is one log."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
