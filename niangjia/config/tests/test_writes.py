"""Writes over HTTP count once: by the header for programs, by the hidden field for pages; sixteen at the same moment, too."""

import json
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.cookies import SimpleCookie
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client

from niangjia.config import writes
from niangjia.kernel import clock
from niangjia.kernel.access.models import Grant
from niangjia.kernel.idempotency.models import Answer
from niangjia.kernel.intake.models import Import
from niangjia.registers.employers.models import Employer
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.tests.office import Office, client_at

JSON = "application/json"
AT_ONCE = 16
FORM_KEY = re.compile(r'name="idempotency_key" value="([\w-]+)"')


@pytest.fixture
def office() -> Office:
    return Office()


def union_named(name: str, office: Office) -> dict[str, Any]:
    return {"name": name, "level": "base", "kind": "base", "parent": office.town.code}


def send(client: Client, body: dict[str, Any], key: str | None) -> Any:
    headers = {} if key is None else {"Idempotency-Key": key}
    return client.post("/api/v1/unions", json.dumps(body), content_type=JSON, headers=headers)


@pytest.mark.django_db
@pytest.mark.guard("idempotency-key", "a write sent twice is done once, and the second answer is that of the first")
def test_the_same_write_again_is_answered_and_not_done(office: Office) -> None:
    client, key = client_at(office.county), str(uuid4())
    first = send(client, union_named("新工会", office), key)
    again = send(client, union_named("新工会", office), key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again["Idempotency-Replayed"] == "true"
    assert "no-store" in again["Cache-Control"]
    assert Union.objects.filter(name="新工会").count() == 1


@pytest.mark.django_db
@pytest.mark.control("idempotency-key")
def test_without_the_key_the_same_write_is_done_twice(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writes, "answer_once", lambda _request, respond: respond())
    client, key = client_at(office.county), str(uuid4())
    for _time in range(2):
        send(client, union_named("新工会", office), key)
    assert Union.objects.filter(name="新工会").count() == 2


@pytest.mark.django_db
def test_another_body_under_the_same_key_is_refused(office: Office) -> None:
    client, key = client_at(office.county), str(uuid4())
    send(client, union_named("新工会", office), key)
    answer = send(client, union_named("另一个工会", office), key)
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert not Union.objects.filter(name="另一个工会").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("key", [None, "", "short", "with space in it"])
def test_a_program_that_writes_without_a_key_is_told_so(office: Office, key: str | None) -> None:
    answer = send(client_at(office.county), union_named("新工会", office), key)
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency_key_missing")
    assert not Union.objects.filter(name="新工会").exists()


@pytest.mark.django_db
def test_a_refused_write_may_come_again_mended(office: Office) -> None:
    client, key = client_at(office.county), str(uuid4())
    assert send(client, union_named("", office), key).status_code == 422
    assert not Answer.objects.exists()
    assert send(client, union_named("新工会", office), key).status_code == 201


@pytest.mark.django_db
def test_a_key_is_its_accounts_own(office: Office) -> None:
    key = str(uuid4())
    send(client_at(office.county), union_named("新工会", office), key)
    other = send(client_at(office.town), union_named("新工会", office), key)
    assert "Idempotency-Replayed" not in other.headers


@pytest.mark.django_db
def test_an_answer_is_not_given_again_once_the_right_is_gone(office: Office) -> None:
    client, key = client_at(office.county), str(uuid4())
    assert send(client, union_named("新工会", office), key).status_code == 201
    Grant.objects.update(revoked_at=clock.now())
    again = send(client, union_named("新工会", office), key)
    assert "Idempotency-Replayed" not in again.headers
    assert "新工会" not in again.content.decode()


def filled_form(client: Client, name: str, place: str) -> dict[str, str]:
    page = client.get("/employers/new/").content.decode()
    found = FORM_KEY.findall(page)
    assert found
    return {
        "name": name, "idempotency_key": found[-1], "place": place, "trade_code": "60", "employees": "30"
    }  # fmt: skip


@pytest.mark.django_db
def test_every_form_carries_a_key_of_its_own(office: Office) -> None:
    client = client_at(office.county)
    keys = FORM_KEY.findall(client.get("/employers/new/").content.decode())
    keys += FORM_KEY.findall(client.get("/employers/new/").content.decode())
    assert keys
    assert len(set(keys)) == len(keys)


@pytest.mark.django_db
def test_a_form_sent_twice_makes_one_employer(office: Office) -> None:
    client = client_at(office.county)
    form = filled_form(client, "双击有限公司", office.town.code)
    first, again = client.post("/employers/new/", form), client.post("/employers/new/", form)
    assert first.status_code == again.status_code == 302, first.content.decode()[:2000]
    assert again["Location"] == first["Location"]
    assert Employer.objects.filter(name="双击有限公司").count() == 1


@pytest.mark.django_db
def test_a_form_sent_before_with_something_else_says_so(office: Office) -> None:
    client = client_at(office.county)
    form = filled_form(client, "双击有限公司", office.town.code)
    client.post("/employers/new/", form)
    answer = client.post("/employers/new/", form | {"name": "改了名的公司"})
    assert answer.status_code == 422
    assert "这张表已经交过一次了" in answer.content.decode()
    assert not Employer.objects.filter(name="改了名的公司").exists()


def at_once(office: Office, keys: int) -> None:
    """So many keys, each sent sixteen times at the same moment: each has one effect, and the same answer everywhere."""
    cookies = client_at(office.county).cookies

    def press(order: tuple[str, str]) -> tuple[str, int, str]:
        client = Client()
        client.cookies = SimpleCookie(cookies.output(header="", sep=";"))
        try:
            answer = send(client, union_named(order[0], office), order[1])
        finally:
            connections.close_all()
        return order[1], answer.status_code, answer.json().get("code", "")

    orders = [(f"同时工会{number}", str(uuid4())) for number in range(keys)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(press, [order for order in orders for _time in range(AT_ONCE)]))
    assert {status for _key, status, _code in answers} == {201}
    assert len({(key, code) for key, _status, code in answers}) == keys
    names = Counter(Union.objects.filter(name__startswith="同时工会").values_list("name", flat=True))
    assert len(names) == keys
    assert set(names.values()) == {1}


@pytest.mark.django_db(transaction=True)
def test_sixteen_at_the_same_moment_are_one(office: Office) -> None:
    at_once(office, 10)


@pytest.mark.deep
@pytest.mark.django_db(transaction=True)
def test_a_thousand_keys_sixteen_times_at_the_same_moment(office: Office) -> None:
    at_once(office, 1_000)


@pytest.mark.django_db
def test_a_roster_sent_twice_is_taken_in_once(office: Office) -> None:
    client = client_at(office.county)
    key = FORM_KEY.findall(client.get("/members/imports/new/").content.decode())[-1]

    def give() -> Any:
        file = SimpleUploadedFile("花名册.csv", "姓名,身份证号\n陈桂兰,349921198304180021\n".encode())
        return client.post("/members/imports/new/", {"union": office.mill.name, "file": file, "idempotency_key": key})

    first, again = give(), give()
    assert first.status_code == again.status_code == 302, first.content.decode()[:3000]
    assert again["Location"] == first["Location"]
    assert Import.objects.count() == 1
