"""The programs' door: one API, signed in as a person is or with a key, described by OpenAPI 3.1."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import get_language
from ninja import NinjaAPI, Router
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import JSONRenderer
from pydantic import ConfigDict

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.api.description import Description
from niangjia.kernel.api.doors import PERSON
from niangjia.kernel.api.problems import ProblemOut, add_handlers

# What any request may be answered with; each operation adds its own success.
LISTED: dict[Any, Any] = {frozenset({401, 403, 422, 429, 500}): ProblemOut}
SHOWN: dict[Any, Any] = {frozenset({401, 403, 404, 422, 429, 500}): ProblemOut}
WRITTEN: dict[Any, Any] = {frozenset({400, 401, 403, 404, 413, 415, 422, 429, 500}): ProblemOut}


class ReadableJSON(JSONRenderer):
    """JSON in which 汉字 stay readable."""

    json_dumps_params = {"ensure_ascii": False}


class DescribedAPI(NinjaAPI):
    """An API whose description says everything that a program meets."""

    def __init__(self, **facts: Any) -> None:
        """Nothing is described before somebody asks."""
        super().__init__(**facts)
        self._described: dict[tuple[str, str | None], OpenAPISchema] = {}

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The whole description; half a second's work, done once for each address and language."""
        prefix = self.get_root_path(path_params or {}) if path_prefix is None else path_prefix
        asked = (prefix, get_language())
        if asked not in self._described:
            self._described[asked] = Description(self, prefix)
        return self._described[asked]


def make_api(*, title: str | Promise, version: str, words: str, routers: dict[str, Router]) -> NinjaAPI:
    """The API with the routers of every slice at their addresses."""
    api = DescribedAPI(
        title=str(title),
        version=version,
        description=words,
        urls_namespace="api-1",
        auth=PERSON,
        docs_url=None,
        openapi_url="/openapi.json",
        renderer=ReadableJSON(),
    )
    add_handlers(api)
    for prefix, router in routers.items():
        api.add_router(prefix, router)
    return api


def such_as(example: dict[str, Any]) -> ConfigDict:
    """The example that the description gives of a schema."""
    return ConfigDict(json_schema_extra={"examples": [example]})


def actor_of(request: HttpRequest) -> Actor:
    """Who asks, with the rights in force."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the middleware
    return actor
