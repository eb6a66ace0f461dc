"""Every answer that the API's description names is really given, and none of them is another than described."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import jsonschema_rs
import pytest
from django.test import Client
from ninja.operation import Operation

from niangjia.config.api import API
from niangjia.config.tests.crossing import NOBODY_ID, Crossing, browser_of
from niangjia.config.tests.things import things_of
from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor, Right, Role
from niangjia.kernel.programs.models import Key, KeyUse
from niangjia.kernel.programs.rules import Scope
from niangjia.kernel.programs.services import KeyWish, make_key
from niangjia.registers.members.tests.people import CHEN, a_number

pytestmark = pytest.mark.django_db
JSON = "application/json"
WRITES = ("post", "put", "patch", "delete")
# Who gets an answer of success, where a cadre does not.
WHO = {
    "list_accounts": "security-admin",
    "list_all_looks": "auditor-county",
    "say_request": "worker-herself",
    "move_request": "worker-herself",
}


class Asking:
    """The ways to bring about each answer, for one operation after the other."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A county with things to ask for, people, and two keys."""
        self.patch, self.world = monkeypatch, Crossing()
        self.things = things_of(self.world) | {"move": "press"}
        self.people: dict[str, Client] = {}
        self.small = self._key(Scope.EMPLOYERS_WRITE)
        self.busy = self._key(Scope.EMPLOYERS_WRITE)
        busy = Key.objects.latest("pk")
        KeyUse.objects.bulk_create(KeyUse(key=busy, at=clock.now()) for _time in range(busy.per_minute))
        world = self.world
        self.bodies: dict[str, dict[str, Any]] = {
            "register_union": {"name": "新来工会", "level": "base", "parent": world.town.code},
            "register_employer": {"name": "顺通物流有限公司", "territorial_union": world.town.code, "trade_code": "60"},
            "register_member": {
                "name": "王小明",
                "id_number": a_number("34992119900101", 77),
                "union": world.mill.code,
            },
            "reveal_member": {"field": "phone", "purpose": "contact_member"},
            "ask_export": {"listing": "members", "purpose": "check_register"},
            "decide_export": {"verb": "refuse", "words": "不需要"},
            "verify_card": {"code": "NJCAQABAAAAF0h26AAB", "purpose": "venue"},
            "verify_cards_later": {
                "checks": [
                    {
                        "key": str(uuid4()),
                        "code": "NJCAQABAAAAF0h26AAB",
                        "purpose": "venue",
                        "checked_at": clock.now().isoformat(),
                    }
                ]
            },
            "say_request": {"kind": "ask", "topic": "leave", "text": "工作五年，年假有几天？"},
        }

    def _key(self, scope: Scope) -> str:
        county = self.world.county
        keeper = Actor(None, "", (Right(Role.SECURITY_ADMIN, county.pk, county.place.path),))
        wish = KeyWish("x", frozenset({scope.value}), clock.today() + timedelta(days=1))
        return make_key(wish, at=county.place, by=keeper)[1]

    def as_(self, who: str) -> Client:
        """A browser of somebody."""
        if who not in self.people:
            self.people[who] = browser_of(who, self.world)
        return self.people[who]

    def ask(self, one: tuple[str, str, dict[str, Any]], client: Client, **other: Any) -> Any:
        """One request; what is not said otherwise is right."""
        path, method, operation = one
        absent, key = other.get("absent", False), other.get("key", "")
        for name in (parameter["name"] for parameter in operation["parameters"] if parameter["in"] == "path"):
            value = other.get("value") or (("NOSUCH" if name == "code" else NOBODY_ID) if absent else self.things[name])
            path = path.replace(f"{{{name}}}", str(value))
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        if method in WRITES and not other.get("keyless"):
            headers["Idempotency-Key"] = str(uuid4())
        body = other.get("body", self.bodies.get(operation["operationId"], {}))
        content = other.get("content", JSON)
        sent = json.dumps(body) if method in WRITES else None
        return client.generic(method.upper(), path + other.get("query", ""), sent or b"", content_type=content, headers=headers)  # fmt: skip

    def answers(self, status: int, one: tuple[str, str, dict[str, Any]]) -> Any:
        """The request that brings this answer about."""
        path, method, operation = one
        name = operation["operationId"]
        cadre = self.as_(WHO.get(name, "cadre-county"))
        other = Scope.EMPLOYERS_WRITE.value in json.dumps(operation["security"])
        ways: dict[int, Callable[[], Any]] = {
            200: lambda: self.ask(one, cadre),
            201: lambda: self.ask(one, cadre),
            400: lambda: self.ask(one, cadre, keyless=True),
            401: lambda: self.ask(one, Client()),
            403: lambda: self.ask(one, Client(), key=self._key(Scope.UNIONS_READ) if other else self.small),
            404: lambda: self.ask(one, self.as_("account-without-rights"), absent="{" in path),
            409: lambda: self.ask(one, self.as_("cadre-park"), body=CHEN | {"union": self.world.plant.code}),
            413: lambda: self.ask(one, cadre, body={"name": "x" * 5_000_000}),
            415: lambda: self.ask(one, cadre, content="text/plain"),
            422: lambda: self.ask(one, cadre, body={"x": 1}) if method in WRITES else self._senseless(one, cadre),
            429: lambda: self.ask(one, Client(), key=self.busy),
            500: lambda: self._broken(one, cadre),
        }
        return ways[status]()

    def _senseless(self, one: tuple[str, str, dict[str, Any]], client: Client) -> Any:
        return (
            self.ask(one, client, value="a%20b") if "{" in one[0] else self.ask(one, client, query="?limit=0&on=never")
        )

    def _broken(self, one: tuple[str, str, dict[str, Any]], client: Client) -> Any:
        client.raise_request_exception = False
        with self.patch.context() as patch:
            patch.setattr(Operation, "_get_values", lambda *_given: 1 // 0)
            return self.ask(one, client)


def operations(whole: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every operation with its address and method."""
    for path, methods in whole["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_every_documented_answer_occurs_as_it_is_described(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = json.loads(json.dumps(API.get_openapi_schema(), default=str))
    asking, wrong = Asking(monkeypatch), []
    for one in operations(whole):
        for status, described in one[2]["responses"].items():
            answer = asking.answers(int(status), one)
            media, content = next(iter(described["content"].items()))
            told = answer.headers.get("Content-Type", "").partition(";")[0]
            if (answer.status_code, told) != (int(status), media):
                wrong.append((one[2]["operationId"], status, answer.status_code, answer.content[:200]))
                continue
            schema = content["schema"] | {"components": whole["components"]}
            jsonschema_rs.validate(schema, json.loads(answer.content))
    assert wrong == []
