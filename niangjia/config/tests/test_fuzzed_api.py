"""Thousands of requests made up from the API's own description: no server fault, and no answer it does not describe."""

from collections import Counter
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest
import schemathesis
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.middleware.csrf import CSRF_SECRET_LENGTH
from django.test import Client
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from niangjia.config.tests.crossing import Crossing, browser_of
from niangjia.config.wsgi import application
from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor, Right, Role
from niangjia.kernel.programs.rules import MOST_PER_MINUTE, Scope
from niangjia.kernel.programs.services import KeyWish, make_key

PROGRAM = "program-county"
PEOPLE = ("nobody", "worker-herself", "chair-mill", "cadre-county", "auditor-county", "security-admin", PROGRAM)
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
    response_headers_conformance,
]  # fmt: skip
QUICK, DEEP = 4, 120


TOKEN = "a" * CSRF_SECRET_LENGTH


def sent_along(client: Client) -> dict[str, Any]:
    """What a program that is signed in sends with every request, the token against forgery with it."""
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    return {"cookies": cookies | {settings.CSRF_COOKIE_NAME: TOKEN}, "headers": {"X-CSRFToken": TOKEN}}


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """Requests that come by WSGI speak in the test's own transaction: the connection stays open between them."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def of_a_program(world: Crossing) -> dict[str, Any]:
    """What a program of the county sends, with a key that opens everything there is for keys."""
    keeper = Actor(None, "", (Right(Role.SECURITY_ADMIN, world.county.pk, world.county.place.path),))
    scopes = frozenset(scope.value for scope in Scope)
    wish = KeyWish("x", scopes, clock.today(), per_minute=MOST_PER_MINUTE)
    _key, text = make_key(wish, at=world.county.place, by=keeper)
    return {"headers": {"Authorization": f"Bearer {text}"}}


def asked_by(who: str, *, examples: int) -> Counter[int]:
    """How often each status was answered; a fault or an undescribed answer fails, with the request that caused it."""
    world = Crossing()
    along = of_a_program(world) if who == PROGRAM else sent_along(browser_of(who, world))
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    answered: Counter[int] = Counter()
    for found in schema.get_all_operations():
        operation: Any = found.ok()  # type: ignore[union-attr]  # a description that is wrong fails here

        @hypothesis_settings(
            max_examples=examples, database=None, deadline=None, phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=operation.as_strategy())
        def ask(case: Any) -> None:
            with transaction.atomic():
                # Keys are made up from the description, too: everybody comes with her own, or none.
                case.headers.pop("Authorization", None)
                case.headers["Accept-Encoding"] = "identity"
                response = case.call(**along)
                case.validate_response(response, checks=CHECKS)
                answered[response.status_code] += 1
                transaction.set_rollback(True)

        ask()
    return answered


@pytest.mark.django_db
@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.guard(
    "fuzzed-api", "no request, however senseless, makes the API fail or answer what it does not describe"
)
def test_senseless_requests_are_answered_as_described(who: str) -> None:
    answered = asked_by(who, examples=QUICK)
    assert sum(answered.values()) >= QUICK
    assert (HTTPStatus.UNAUTHORIZED in answered) is (who == "nobody")
    assert (HTTPStatus.FORBIDDEN in answered) is (who == PROGRAM)


@pytest.mark.django_db
@pytest.mark.control("fuzzed-api")
def test_a_fault_in_the_program_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a fault put into what the members' addresses ask, the same requests find it."""
    monkeypatch.setattr("niangjia.registers.members.api.visible_to", lambda _actor: 1 // 0)
    with pytest.raises(BaseExceptionGroup) as found:
        asked_by("cadre-county", examples=QUICK)
    assert "Server error" in "".join(map(str, found.value.exceptions))


@pytest.mark.deep
@pytest.mark.django_db
@pytest.mark.parametrize("who", PEOPLE)
def test_ten_thousand_requests_are_answered_as_described(who: str) -> None:
    answered = asked_by(who, examples=DEEP)
    assert sum(answered.values()) >= 10_000 // len(PEOPLE)
