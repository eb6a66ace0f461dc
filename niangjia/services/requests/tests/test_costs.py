"""How many questions the database is asked: for a request handed in, and for the pages that follow many of them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import open_session
from niangjia.kernel.acting.telling import TELL
from niangjia.registers.orgs.tests.office import DAY
from niangjia.services.requests.handling import accept, go_along, move, take
from niangjia.services.requests.models import LocalTopic, Request
from niangjia.services.requests.tests.street import TEXT, Street

pytestmark = pytest.mark.django_db
ASKED = {"kind": "ask", "topic": "leave", "text": "工作五年，年休假有几天？"}
COMPLAINT = {"kind": "complain", "topic": "wages", "text": TEXT, "wish": "把工资发给我们", "against": "employer"}
LOCAL = "textile"
MANY = 12


@pytest.fixture
def street() -> Street:
    street = Street()
    LocalTopic.objects.create(
        city=street.county.place.city, place=street.county.place, code=LOCAL, title="纺织女工的事", valid_from=DAY
    )
    return street


@contextmanager
def heard() -> Iterator[list[str]]:
    """Every statement that is asked in here, as it was worded."""
    said: list[str] = []

    def hear(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        said.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(hear):
        yield said


def statements(client: Client, body: dict[str, Any]) -> list[str]:
    """What handing this in asks; two of them are the savepoint in which a test holds the request, one names the test again."""
    with heard() as asked:
        key = str(uuid4())
        given = client.post("/api/v1/requests", body, "application/json", headers={"Idempotency-Key": key})
    assert given.status_code == 201, given.content
    return asked


@pytest.mark.parametrize(("body", "most", "savepoints"), [(ASKED, 38, 2), (COMPLAINT, 52, 3)])
def test_a_request_handed_in_asks_no_more_than_it_must(
    street: Street, body: dict[str, Any], most: int, savepoints: int
) -> None:
    client = open_session(Client(), street.worker)
    statements(client, body)
    asked = statements(client, body)
    assert len(asked) <= most, "\n".join(asked)
    # The desk's move within it, the service and the test's own; nothing else is survived inside.
    assert sum(each.startswith("SAVEPOINT") for each in asked) == savepoints
    assert sum(each == TELL for each in asked) == 5


def test_it_costs_the_same_however_many_handle_it(street: Street) -> None:
    client = open_session(Client(), street.worker)
    statements(client, ASKED)
    few = statements(client, ASKED)
    for each in range(4):
        street.account(f"handles{each}", Role.CADRE, street.town)
    assert len(statements(client, ASKED)) == len(few)


def asked_by(client: Client, address: str) -> list[str]:
    """What a page asks, once what is kept for a minute is kept."""
    client.get(address)
    with heard() as asked:
        shown = client.get(address)
    assert shown.status_code == 200, address
    return asked


def answer(street: Street, request: Request) -> None:
    """The town accepts, takes and answers it."""
    seen = street.seen(street.li)
    accept(request.pk, "consult", seen=seen)
    take(request.pk, seen=seen)
    move(request.pk, "answer", seen=seen, says="可以休十天。")


@pytest.mark.parametrize("address", ["/", "/say/", "/mine/"])
def test_her_pages_ask_the_same_however_much_she_said(street: Street, address: str) -> None:
    client = open_session(Client(), street.worker)
    first = street.says("ask", topic=LOCAL)
    answer(street, first)
    street.says("ask", topic=LOCAL)
    few = asked_by(client, address)
    for _each in range(MANY - 2):
        answer(street, street.says("ask", topic=LOCAL))
    many = asked_by(client, address)
    assert len(many) == len(few), "\n".join(many)


def test_what_goes_along_asks_the_same_however_much_it_is(street: Street) -> None:
    client, seen = open_session(Client(), street.worker), street.seen(street.li)
    main = street.says("ask")

    def goes_along() -> None:
        other = street.says("ask")
        accept(other.pk, "consult", seen=seen)
        go_along(other.pk, main.pk, seen=seen)

    accept(main.pk, "consult", seen=seen)
    goes_along()
    few = asked_by(client, "/")
    for _each in range(4):
        goes_along()
    assert len(asked_by(client, "/")) == len(few)


def test_the_desk_list_asks_the_same_however_long_it_is(street: Street) -> None:
    client = open_session(Client(), street.li)
    street.says("ask", topic=LOCAL)
    few = asked_by(client, "/requests/")
    for each in range(MANY):
        street.says("ask", topic=LOCAL if each % 2 else "leave")
    assert len(asked_by(client, "/requests/")) == len(few)


@pytest.mark.parametrize("is_desk", [True, False])
def test_the_page_of_a_request_asks_the_same_however_much_happened(street: Street, *, is_desk: bool) -> None:
    request, seen = street.says("ask", topic=LOCAL), street.seen(street.li)
    client = open_session(Client(), street.li if is_desk else street.worker)
    address = f"/requests/{request.pk}/" if is_desk else f"/said/{request.pk}/"
    accept(request.pk, "consult", seen=seen)
    take(request.pk, seen=seen)
    few = asked_by(client, address)
    for _each in range(3):
        move(request.pk, "put_back", seen=seen)
        take(request.pk, seen=seen)
    many = asked_by(client, address)
    assert len(many) == len(few), "\n".join(many)
