"""The programs' door: one API, signed in as a person is, described by OpenAPI 3.1."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from ninja import NinjaAPI, Router
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import JSONRenderer
from ninja.security import django_auth

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.api.problems import CONTENT_TYPE, ProblemOut, add_handlers
from niangjia.kernel.idempotency.rules import HEADER, KEY, WRITES

# What any request may be answered with; each operation adds its own success.
PROBLEMS: dict[Any, Any] = {frozenset({400, 401, 403, 404, 422}): ProblemOut}
FIRST_PROBLEM = 400
ONCE = {
    "name": HEADER,
    "in": "header",
    "required": True,
    "description": "One key for one write; the same request sent again under it is answered, not done again.",
    "schema": {"type": "string", "pattern": f"^{KEY.pattern}$"},
}


class ReadableJSON(JSONRenderer):
    """JSON in which 汉字 stay readable."""

    json_dumps_params = {"ensure_ascii": False}


class DescribedAPI(NinjaAPI):
    """An API whose description says that problems are problem+json, and that writes carry a key."""

    def get_openapi_schema(self, **given: Any) -> OpenAPISchema:
        """The description, with the media type of problems put right and the key of writes added."""
        schema = super().get_openapi_schema(**given)
        for operations in schema["paths"].values():
            for method, operation in operations.items():
                if method.upper() in WRITES:
                    operation["parameters"] = [*operation.get("parameters", []), ONCE]
                for status, response in operation.get("responses", {}).items():
                    content = response.get("content", {})
                    if int(status) >= FIRST_PROBLEM and "application/json" in content:
                        content[CONTENT_TYPE] = content.pop("application/json")
        return schema


def make_api(*, title: str | Promise, routers: dict[str, Router]) -> NinjaAPI:
    """The API with the routers of every slice at their addresses."""
    api = DescribedAPI(
        title=str(title),
        version="1",
        urls_namespace="api-1",
        auth=django_auth,
        docs_url=None,
        openapi_url="/openapi.json",
        renderer=ReadableJSON(),
    )
    add_handlers(api)
    for prefix, router in routers.items():
        api.add_router(prefix, router)
    return api


def actor_of(request: HttpRequest) -> Actor:
    """Who asks, with the rights in force."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the middleware
    return actor
