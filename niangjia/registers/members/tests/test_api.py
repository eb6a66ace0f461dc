"""The API of the registers: scope, masks, refusals as problems, pages, and its own description."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from niangjia.kernel.access.rules import Role
from niangjia.kernel.intake.models import Import, State
from niangjia.registers.employers.models import Employer
from niangjia.registers.members.models import Membership, Person, TransferProposal
from niangjia.registers.members.tests.people import CHEN, ID_CHEN, PHONE_CHEN, a_number, enrol
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.tests.office import Office, client_at

pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def chen(office: Office) -> Person:
    return enrol(CHEN, office.mill)


def post(client: Client, address: str, body: dict[str, Any] | str) -> Any:
    return client.post(address, body, content_type=JSON, headers={"Idempotency-Key": str(uuid4())})


def test_whoever_is_not_signed_in_is_told_so_as_a_problem() -> None:
    for name in ("unions", "employers", "members", "imports/1"):
        answer = Client().get(f"/api/v1/{name}")
        assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
        assert answer.json()["code"] == "not_signed_in"


def test_lists_hold_ones_own_subtrees_alone(office: Office, chen: Person) -> None:
    body = client_at(office.park).get("/api/v1/unions").json()
    assert [union["code"] for union in body["items"]] == [office.park.code, office.plant.code]
    assert (body["total"], body["total_is_exact"], body["next"]) == (2, True, None)
    assert client_at(office.park, login="b").get("/api/v1/members").json()["items"] == []
    (member,) = client_at(office.town).get("/api/v1/members").json()["items"]
    assert (member["name"], member["id_tail"], member["phone"]) == ("陈桂兰", ID_CHEN[-4:], "138****2206")
    assert member["union"] == office.mill.code


def test_no_answer_holds_a_whole_number(office: Office, chen: Person) -> None:
    client = client_at(office.town)
    for address in ("/api/v1/members", f"/api/v1/members/{chen.pk}", f"/api/v1/members?q={ID_CHEN}"):
        text = client.get(address).content.decode()
        assert "陈桂兰" in text, text
        assert ID_CHEN not in text
        assert PHONE_CHEN not in text


def test_absent_and_forbidden_answer_alike(office: Office, chen: Person) -> None:
    client = client_at(office.park)
    for forbidden, absent in (
        (f"members/{chen.pk}", "members/9999999"),
        (f"unions/{office.mill.code}", "unions/XX"),
        (f"imports/{_import(office).pk}", "imports/9999999"),
    ):
        first, second = client.get(f"/api/v1/{forbidden}"), client.get(f"/api/v1/{absent}")
        assert first.status_code == second.status_code == 404
        assert first.json() | {"instance": ""} == second.json() | {"instance": ""}
        assert first["Content-Type"] == second["Content-Type"] == "application/problem+json"


def test_roles_without_the_right_get_nothing(office: Office, chen: Person) -> None:
    client = client_at(office.county, Role.SYSTEM_ADMIN)
    for name in ("unions", "employers", "members"):
        assert client.get(f"/api/v1/{name}").json()["items"] == []
        assert post(client, f"/api/v1/{name}", _whole(name, office)).status_code == 404
    assert not Employer.objects.exists()


def test_a_union_an_employer_and_a_member_are_registered(office: Office) -> None:
    client = client_at(office.town)
    for name in ("unions", "employers", "members"):
        answer = post(client, f"/api/v1/{name}", _whole(name, office))
        assert answer.status_code == 201, answer.content
    assert Union.objects.get(name="新工会").place.parent_id == office.town.pk
    assert Employer.objects.get().place_id == office.town.pk
    assert Membership.objects.get().union_id == office.mill.pk


def test_refusals_name_field_code_and_reason(office: Office) -> None:
    client = client_at(office.town)
    body = post(
        client, "/api/v1/unions", {"name": "x", "level": "base", "parent": office.town.code, "region_code": "1"}
    )
    assert body.status_code == 422
    assert {(error["path"], error["code"]) for error in body.json()["reasons"]} == {
        ("name", "name_invalid"), ("region_code", "region_unknown"),
    }  # fmt: skip
    wrong = post(client, "/api/v1/members", _whole("members", office) | {"id_number": ID_CHEN[:-1]}).json()
    assert [(error["path"], error["code"]) for error in wrong["reasons"]] == [("id_number", "id_length")]
    outside = post(client, "/api/v1/members", _whole("members", office) | {"union": office.plant.code})
    assert outside.json()["reasons"][0]["code"] == "union_unknown"


def test_who_is_active_elsewhere_is_a_conflict_that_asks_for_a_transfer(office: Office, chen: Person) -> None:
    answer = post(client_at(office.park), "/api/v1/members", CHEN | {"union": office.plant.code})
    assert (answer.status_code, answer.json()["code"]) == (409, "active_elsewhere")
    assert "鸿远" not in answer.content.decode()
    assert TransferProposal.objects.get().to_union_id == office.plant.pk


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("unions?limit=0", 422), ("unions?limit=1000", 422), ("members?q=%00", 422), ("unions/%00", 422),
        ("members/99999999999999999999", 422), ("members/abc", 422), ("nothing", 404), ("unions?cursor=abc", 422),
        ("employers?trade=Z", 422), ("members?sex=other", 422),
    ],
)  # fmt: skip
def test_senseless_requests_are_refused_and_never_break(office: Office, address: str, status: int) -> None:
    answer = client_at(office.county).get(f"/api/v1/{address}")
    assert answer.status_code == status
    if status != 200:
        assert answer["Content-Type"] == "application/problem+json"


def test_a_body_that_is_no_json_is_refused(office: Office) -> None:
    answer = post(client_at(office.county), "/api/v1/unions", "{")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


def test_a_form_of_another_site_cannot_write(office: Office) -> None:
    client = client_at(office.county)
    client.handler.enforce_csrf_checks = True
    answer = post(client, "/api/v1/unions", _whole("unions", office))
    assert answer.status_code == 403
    assert not Union.objects.filter(name="新工会").exists()


def test_lists_cost_the_same_however_long_they_are(
    office: Office, chen: Person, django_assert_max_num_queries: Any
) -> None:
    client = client_at(office.county)
    for number in range(1, 20):
        enrol({"name": "王小明", "id_number": a_number("34992119900101", number)}, office.mill)
    for name in ("unions", "employers", "members"):
        with django_assert_max_num_queries(12):
            client.get(f"/api/v1/{name}")


def test_an_import_tells_how_far_it_is(office: Office) -> None:
    body = client_at(office.town).get(f"/api/v1/imports/{_import(office).pk}").json()
    assert (body["state"], body["rows_in"], body["created"]) == ("done", 3, 3)


def test_the_description_is_openapi_3_1_and_names_problems(office: Office) -> None:
    described = Client().get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert {"/api/v1/unions", "/api/v1/unions/{code}", "/api/v1/members", "/api/v1/imports/{import_id}"} <= set(
        described["paths"]
    )
    refusals = described["paths"]["/api/v1/unions"]["post"]["responses"]["422"]["content"]
    assert list(refusals) == ["application/problem+json"]


def _whole(name: str, office: Office) -> dict[str, Any]:
    return {
        "unions": {"name": "新工会", "level": "base", "parent": office.town.code},
        "employers": {"name": "顺通物流有限公司", "territorial_union": office.town.code, "trade_code": "60"},
        "members": {**CHEN, "union": office.mill.code},
    }[name]


def _import(office: Office) -> Import:
    return Import.objects.create(
        city="349900", kind="members", place=office.town.place, author="", file_name="花名册.xlsx", file_bytes=1,
        file_sha256=b"x" * 32, resume_key=b"y" * 32, state=State.DONE, rows_in=3, created=3,
    )  # fmt: skip
