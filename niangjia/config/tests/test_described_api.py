"""The description of the API is whole: every address stands in it, with words, examples and the answers it may give."""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
from django.test import Client
from django.urls import get_resolver

from niangjia.config.api import API, VERSION
from niangjia.config.environment import CHECKOUT

# What the description is asked for itself, and what answers everything else under /api/.
NOT_DESCRIBED = {"api/v1/openapi.json", "api/v1/", "api/<path:rest>"}
# By the ids of operations programs are written: none is ever renamed.
OPERATIONS = {
    "list_unions", "register_union", "get_union", "list_employers", "register_employer", "get_employer", "list_members",
    "register_member", "get_member", "reveal_member", "get_import", "list_exports", "ask_export", "get_export",
    "decide_export",
}  # fmt: skip


@cache
def described() -> dict[str, Any]:
    """The description as programs read it."""
    whole: dict[str, Any] = json.loads(json.dumps(API.get_openapi_schema(), default=str))
    return whole


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every operation with its address and method."""
    for path, methods in described()["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_it_is_valid_openapi_3_1() -> None:
    assert described()["openapi"].startswith("3.1")
    assert described()["info"]["version"] == VERSION
    schemathesis.openapi.from_dict(described()).validate()


@pytest.mark.django_db
def test_it_is_handed_out_to_whoever_asks() -> None:
    assert Client().get("/api/v1/openapi.json").json()["paths"].keys() == described()["paths"].keys()


def test_every_address_of_the_api_stands_in_it() -> None:
    routes = {
        f"api/v1/{pattern.pattern}"
        for one in get_resolver().url_patterns
        for part in getattr(one, "url_patterns", [])
        if str(part.pattern) == "api/v1/"
        for pattern in part.url_patterns
    } - NOT_DESCRIBED
    told = {path.removeprefix("/").replace("{", "<").replace("}", ">") for path in described()["paths"]}
    assert routes == told


def test_operations_keep_their_ids() -> None:
    assert {operation["operationId"] for _path, _method, operation in operations()} >= OPERATIONS


def test_every_operation_says_what_it_does_who_may_and_how_it_ends() -> None:
    tags = {tag["name"] for tag in described()["tags"]}
    for path, method, operation in operations():
        where = f"{method} {path}"
        assert operation["summary"], where
        assert operation["description"].endswith("."), where
        assert set(operation["tags"]) <= tags, where
        assert {"session": []} in operation["security"], where
        given = operation["parameters"] or "requestBody" in operation
        assert {"401", "403", "429", "500", *(("422",) if given else ())} <= set(operation["responses"]), where
        for status, response in operation["responses"].items():
            assert response["description"], where
            media = "application/json" if int(status) < 400 else "application/problem+json"
            assert list(response["content"]) == [media], where
        for parameter in operation["parameters"]:
            assert parameter.get("description"), f"{where} {parameter['name']}"


def test_every_schema_of_a_body_has_an_example_that_fits() -> None:
    schemas = described()["components"]["schemas"]
    used = set(re.findall(r"#/components/schemas/(\w+)", json.dumps(described()["paths"])))
    for name, schema in schemas.items():
        if name not in used or name == "ProblemOut" or name.endswith("Row") or "items" in schema.get("properties", {}):
            continue
        assert schema.get("examples"), name
        whole = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas}}
        for example in schema["examples"]:
            jsonschema_rs.validate(whole, example)
            assert set(example) == set(schema["properties"]) or name.endswith("In"), name


def test_the_snapshot_for_review_is_what_the_code_says() -> None:
    snapshot = json.loads((CHECKOUT / "docs/reference/openapi.json").read_text("utf-8"))
    assert snapshot == described()


def test_no_example_is_a_person() -> None:
    """An identity number of an example is of a region that never was."""
    text = json.dumps(described(), ensure_ascii=False)
    assert '"id_number": "3499' in text
