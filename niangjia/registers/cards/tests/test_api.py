"""The programs' door of cards: a till that asks, a gate that had no line, the public keys."""

import json
from base64 import b64decode
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor, Right, Role
from niangjia.kernel.access.tests.signing_in import open_session
from niangjia.kernel.programs.rules import Scope
from niangjia.kernel.programs.services import KeyWish, make_key
from niangjia.registers.cards import services
from niangjia.registers.cards.models import CardCheck
from niangjia.registers.cards.rules.checking import MOST_UNKNOWN
from niangjia.registers.cards.rules.tokens import is_in_time, is_signed, read_code
from niangjia.registers.cards.signing import rotate
from niangjia.registers.cards.tests.world import Counter, herself
from niangjia.registers.orgs.tests.office import OPERATOR, client_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Counter:
    return Counter()


class Till:
    """A program at a counter of the town, with a key."""

    def __init__(self, world: Counter, scope: Scope = Scope.CARDS_CHECK) -> None:
        keeper = Actor(None, "", (Right(Role.SECURITY_ADMIN, world.town.pk, world.town.place.path),))
        wish = KeyWish("食堂收银", frozenset({scope.value}), clock.today() + timedelta(days=30))
        self.key = make_key(wish, at=world.town.place, by=keeper)[1]

    def post(self, address: str, given: dict[str, Any], *, once: str = "") -> Any:
        """One write, with a key of its own where none is given."""
        headers = {"Authorization": f"Bearer {self.key}", "Idempotency-Key": once or str(uuid4())}
        return Client().post(
            f"/api/v1/cards/{address}", json.dumps(given), content_type="application/json", headers=headers
        )

    def get(self, address: str) -> Any:
        """One question."""
        return Client().get(f"/api/v1/cards/{address}", headers={"Authorization": f"Bearer {self.key}"})


def test_a_till_asks_and_learns_no_name(world: Counter) -> None:
    answer = Till(world).post("verify", {"code": world.code(), "purpose": "till"})
    assert answer.status_code == 200
    told = answer.json()
    assert (told["verdict"], told["look"], told["name"]) == ("valid", False, "")
    row = CardCheck.objects.get()
    assert (row.checker[:4], row.account_id, row.place_id) == ("key:", None, world.town.pk)
    assert "食堂收银" not in row.author
    page = open_session(Client(), world.chen_account).get("/mine/card/").content.decode()
    assert "柳林镇总工会" in page
    assert "接口" in page


def test_the_same_write_sent_again_is_answered_and_not_done_again(world: Counter) -> None:
    till, once, given = Till(world), str(uuid4()), {"code": world.code(), "purpose": "venue"}
    first, second = (till.post("verify", given, once=once).json() for _each in range(2))
    assert first == second
    assert first["verdict"] == "valid"
    assert CardCheck.objects.count() == 1
    assert till.post("verify", given).json()["verdict"] == "replayed"


def test_a_key_for_something_else_and_a_person_without_a_right_are_refused(world: Counter) -> None:
    given = {"code": world.code(), "purpose": "till"}
    assert Till(world, Scope.MEMBERS_READ).post("verify", given).status_code == 403
    worker = open_session(Client(), world.chen_account)
    answer = worker.post(
        "/api/v1/cards/verify", json.dumps(given), content_type="application/json", headers={"Idempotency-Key": str(uuid4())}
    )  # fmt: skip
    assert answer.status_code == 404
    assert not CardCheck.objects.exists()
    officer = client_at(world.county, Role.OFFICER)
    answer = officer.post(
        "/api/v1/cards/verify", json.dumps(given), content_type="application/json", headers={"Idempotency-Key": str(uuid4())}
    )  # fmt: skip
    assert answer.json()["verdict"] == "valid"


def test_a_till_that_guesses_has_to_wait(world: Counter) -> None:
    till = Till(world)
    for _each in range(MOST_UNKNOWN):
        assert till.post("verify", {"code": "x", "purpose": "till"}).json()["verdict"] == "unknown"
    answer = till.post("verify", {"code": world.code(), "purpose": "till"})
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_unknown")


def test_a_gate_without_a_line_checks_by_the_published_key_and_hands_in_later(world: Counter) -> None:
    till = Till(world)
    told = till.get("keys").json()
    keys = {each["id"]: b64decode(each["public_key"]) for each in told["keys"] if not each["revoked"]}
    text, at = world.code(), clock.now()
    code = read_code(text)
    # All that a gate asks while it has no line.
    assert code is not None
    assert is_signed(code, keys=keys)
    assert is_in_time(code, at=at, apart_s=told["clocks_apart_s"])
    with clock.at(at + timedelta(hours=1)):
        services.freeze(world.card.pk, by=herself(world.chen))
    given = {"checks": [{"key": str(uuid4()), "code": text, "purpose": "venue", "checked_at": at.isoformat()}]}
    with clock.at(at + timedelta(hours=2)):
        [first] = till.post("verify/batch", given).json()["checks"]
        [second] = till.post("verify/batch", given).json()["checks"]
    assert first == second
    assert (first["verdict"], first["now"], first["key"]) == ("valid", "frozen", given["checks"][0]["key"])
    assert CardCheck.objects.count() == 1


def test_a_stolen_key_is_told_as_revoked(world: Counter) -> None:
    rotate(by=OPERATOR, is_stolen=True)
    found = Till(world).get("keys").json()["keys"]
    assert [each["revoked"] for each in found] == [False, True]
    assert [each["until_at"] is None for each in found] == [True, False]
