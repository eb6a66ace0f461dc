"""Logs as one JSON object a line, each with the request's id; no search words and no addresses of people in them."""

import re
from typing import Any

import structlog
from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware

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
    """Logs each request with an id of its own, without the query: people search for names and ID numbers."""

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
