"""Every refusal is a problem (RFC 9457), also those that are made before the API is asked."""

import gzip
import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from niangjia.kernel.access.rules import Role
from niangjia.registers.orgs.tests.office import Office, client_at

pytestmark = pytest.mark.django_db
JSON = "application/json"
PARTS = {"type", "title", "status", "code", "detail", "instance", "reasons"}


def problem(response: Any, status: int, code: str) -> dict[str, Any]:
    """The problem that was answered; anything else fails."""
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json"), response.content
    body: dict[str, Any] = response.json()
    assert set(body) == PARTS
    assert (body["status"], body["code"], body["type"]) == (status, code, f"urn:niangjia:problem:{code}")
    assert str(UUID(body["instance"].removeprefix("urn:uuid:"))) in body["instance"]
    return body


def write(client: Client, body: object, **headers: str) -> Any:
    headers = {"Idempotency-Key": str(uuid4())} | {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post("/api/v1/unions", body, content_type=JSON, headers=headers)


def test_whoever_is_not_known_is_asked_to_sign_in() -> None:
    response = Client().get("/api/v1/unions")
    assert "登录" in problem(response, 401, "not_signed_in")["detail"]
    assert response["WWW-Authenticate"].startswith("Bearer")


def test_a_problem_is_numbered_before_it_is_made_smaller() -> None:
    client = client_at(Office().county)
    response = client.get("/api/v1/unions?limit=0", headers={"Accept-Encoding": "gzip"})
    body = json.loads(gzip.decompress(response.content) if "Content-Encoding" in response.headers else response.content)
    assert (response.status_code, set(body)) == (422, PARTS)


def test_what_is_not_there_and_how_it_is_not_asked() -> None:
    client = client_at(Office().county)
    problem(client.get("/api/nothing"), 404, "not_found")
    problem(client.get("/api/v1/unions/NOSUCH"), 404, "not_found")
    response = client.delete("/api/v1/unions", headers={"Idempotency-Key": str(uuid4())})
    problem(response, 405, "method_not_allowed")
    assert set(response["Allow"].replace(" ", "").split(",")) == {"GET", "POST"}


def test_a_body_that_is_too_long_or_no_json_is_not_read(settings: Any) -> None:
    client = client_at(Office().county)
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1024
    problem(write(client, {"name": "x" * 2000}), 413, "too_large")
    form = client.post("/api/v1/unions", {"name": "x"}, headers={"Idempotency-Key": str(uuid4())})
    problem(form, 415, "not_json")
    problem(write(client, "{"), 400, "bad_request")


def test_every_wrong_part_is_named_by_its_path() -> None:
    client = client_at(Office().county)
    reasons = problem(write(client, {"level": 7}), 422, "invalid")["reasons"]
    assert {reason["path"] for reason in reasons} == {"name", "level"}
    assert all(reason["code"] and reason["text"] for reason in reasons)
    (reason,) = problem(client.get("/api/v1/unions?limit=0"), 422, "invalid")["reasons"]
    assert reason["path"] == "limit"


def test_a_write_without_its_key_and_one_from_elsewhere() -> None:
    client = client_at(Office().county)
    problem(client.post("/api/v1/unions", {}, content_type=JSON), 400, "idempotency_key_missing")
    client.handler.enforce_csrf_checks = True
    problem(write(client, {}), 403, "not_from_here")


def test_our_own_fault_is_told_without_what_happened(monkeypatch: pytest.MonkeyPatch) -> None:
    office = Office()
    client = client_at(office.county, Role.CADRE)
    client.raise_request_exception = False
    monkeypatch.setattr("niangjia.kernel.api.listed.page_of", lambda *_rows, **_order: 1 // 0)
    body = problem(client.get("/api/v1/unions"), 500, "our_fault")
    assert "division" not in str(body)


def test_a_page_answers_people_as_ever() -> None:
    response = Client().get("/nothing-of-the-kind/")
    assert response.status_code == 404
    assert response["Content-Type"].startswith("text/html")
