"""What breaks programs is found, what does not is not, and a break that nobody told of is refused."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from checking.api_changes import broken, untold

Change = Callable[[dict[str, Any]], None]
OLD: dict[str, Any] = {
    "paths": {
        "/unions": {
            "get": {
                "operationId": "list_unions",
                "security": [{"key": ["unions:read"]}, {"session": []}],
                "parameters": [{"in": "query", "name": "q", "schema": {"type": "string", "maxLength": 64}}],
                "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Out"}}}}},
            },
            "post": {
                "operationId": "register_union",
                "parameters": [],
                "requestBody": {"required": True, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/In"}}}},
                "responses": {"201": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Out"}}}}},
            },
        }
    },
    "components": {
        "schemas": {
            "In": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}, "level": {"enum": ["town", "base"]}}},
            "Out": {
                "type": "object",
                "required": ["code"],
                "properties": {
                    "code": {"type": "string"},
                    "items": {"type": "array", "items": {"type": "integer"}},
                    "closed_on": {"anyOf": [{"type": "string"}, {"type": "null"}]},
                },
            },
        }
    },
}  # fmt: skip


def schema(new: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = new["components"]["schemas"][name]
    return found


def operation(new: dict[str, Any], method: str = "get") -> dict[str, Any]:
    found: dict[str, Any] = new["paths"]["/unions"][method]
    return found


def changed(change: Change) -> dict[str, Any]:
    new = deepcopy(OLD)
    change(new)
    return new


BREAKS: dict[str, Change] = {
    "`GET /unions` is gone": lambda new: new["paths"]["/unions"].pop("get"),
    "`GET /unions` is called `unions` instead of `list_unions`": lambda new: operation(new).update(operationId="unions"),
    "`GET /unions`: is no longer opened by `key unions:read`": lambda new: operation(new)["security"].pop(0),
    "`GET /unions`: parameter `q` is gone": lambda new: operation(new)["parameters"].pop(),
    "`GET /unions`: parameter `q`: maxLength is 32": lambda new: operation(new)["parameters"][0]["schema"].update(maxLength=32),
    "`GET /unions`: parameter `q` is asked for": lambda new: operation(new)["parameters"][0].update(required=True),
    "`GET /unions`: 200: `code` is no longer answered": lambda new: schema(new, "Out")["properties"].pop("code"),
    "`GET /unions`: 200: `code` may be missing": lambda new: schema(new, "Out")["required"].pop(),
    "`GET /unions`: 200: `code` may be answered as integer": lambda new: schema(new, "Out")["properties"]["code"].update(type="integer"),
    "`GET /unions`: 200: `items`: each may be answered as string": lambda new: schema(new, "Out")["properties"]["items"]["items"].update(type="string"),
    "`POST /unions`: body: `level` is asked for": lambda new: schema(new, "In")["required"].append("level"),
    "`POST /unions`: body: `level` no longer takes `town`": lambda new: schema(new, "In")["properties"]["level"]["enum"].remove("town"),
    "`POST /unions`: body: `level` is no longer taken": lambda new: schema(new, "In")["properties"].pop("level"),
    "`POST /unions`: is no longer answered with 201": lambda new: operation(new, "post")["responses"].pop("201"),
}  # fmt: skip
ADDS: list[Change] = [
    lambda new: new["paths"].update({"/more": {"get": {"operationId": "more", "responses": {}}}}),
    lambda new: operation(new)["parameters"].append({"in": "query", "name": "more", "schema": {"type": "string"}}),
    lambda new: operation(new)["parameters"][0]["schema"].update(maxLength=128),
    lambda new: operation(new)["responses"].update({"409": {"content": {}}}),
    lambda new: schema(new, "Out")["properties"].update(more={"type": "string"}),
    lambda new: schema(new, "In")["properties"].update(more={"type": "string"}),
    lambda new: schema(new, "In")["required"].clear(),
    lambda new: schema(new, "In")["properties"]["level"]["enum"].append("group"),
    lambda new: schema(new, "Out")["properties"]["closed_on"]["anyOf"].pop(),
]


@pytest.mark.parametrize("line", BREAKS)
def test_what_breaks_programs_is_found(line: str) -> None:
    assert line in broken(OLD, changed(BREAKS[line]))


@pytest.mark.parametrize("change", ADDS)
def test_what_only_adds_breaks_nothing(change: Change) -> None:
    assert broken(OLD, changed(change)) == []


def test_a_break_is_refused_until_the_changelog_tells_it() -> None:
    line = "`GET /unions`: parameter `q` is gone"
    new = changed(BREAKS[line])
    assert untold(OLD, new, "# API changelog\n") == [line]
    assert untold(OLD, new, f"# API changelog\n\n- {line}: the list is searched by `name` instead.\n") == []
