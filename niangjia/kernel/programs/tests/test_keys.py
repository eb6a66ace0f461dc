"""Keys of programs: what they open, what they never open, and when they stop."""

import hmac
import json
import logging
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.models import OpenSession
from niangjia.kernel.access.rules import Actor, Right, Role
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.programs import services
from niangjia.kernel.programs.models import Key, KeyUse
from niangjia.kernel.programs.rules import Scope, program_of
from niangjia.kernel.programs.services import KeyRefused, KeyWish, make_key, revoke_key
from niangjia.registers.members.models import Person
from niangjia.registers.members.tests.people import CHEN, ID_CHEN, PHONE_CHEN, enrol
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.tests.office import Office, client_at

pytestmark = pytest.mark.django_db
EVERY = frozenset(scope.value for scope in Scope)
READS = frozenset(scope for scope in EVERY if scope.endswith(":read"))


def keeper(union: Union) -> Actor:
    return Actor(None, "", (Right(Role.SECURITY_ADMIN, union.pk, union.place.path),))


def key_for(union: Union, scopes: frozenset[str] = EVERY, **more: Any) -> tuple[Key, str]:
    wish = KeyWish("市政务数据交换", scopes, more.pop("last", clock.today() + timedelta(days=30)), **more)
    return make_key(wish, at=union.place, by=keeper(union))


def ask(text: str, address: str, client: Client | None = None, **more: Any) -> Any:
    return (client or Client()).get(f"/api/v1/{address}", headers={"Authorization": f"Bearer {text}"}, **more)


def write(text: str, address: str, body: dict[str, Any]) -> Any:
    headers = {"Authorization": f"Bearer {text}", "Idempotency-Key": str(uuid4())}
    return Client().post(f"/api/v1/{address}", json.dumps(body), content_type="application/json", headers=headers)


def a_union(office: Office) -> dict[str, Any]:
    return {"name": "新来工会", "level": "base", "parent": office.town.code}


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def chen(office: Office) -> Person:
    return enrol(CHEN, office.mill)


@pytest.mark.guard("key-scopes", "a key does what its scopes name and nothing else, and never shows a sealed value")
def test_a_key_does_what_its_scopes_name_and_nothing_else(office: Office, chen: Person) -> None:
    for scope in READS:
        _key, text = key_for(office.county, frozenset({scope}))
        for name in ("unions", "employers", "members"):
            answer = ask(text, name)
            assert answer.status_code == (200 if f"{name}:read" == scope else 403), (scope, name)
        refused = write(text, "unions", a_union(office))
        assert (refused.status_code, refused.json()["code"]) == (403, "scope_missing")
    _key, text = key_for(office.county)
    assert write(text, f"members/{chen.pk}/reveal", {"field": "phone", "purpose": "contact_member"}).status_code == 403
    assert ask(text, "exports").json()["code"] == "person_needed"
    told = ask(text, "members").content.decode()
    assert "陈桂兰" in told
    assert ID_CHEN not in told
    assert PHONE_CHEN not in told


@pytest.mark.control("key-scopes")
def test_without_the_look_at_scopes_a_key_would_do_more(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    _key, text = key_for(office.county, frozenset({Scope.UNIONS_READ.value}))
    monkeypatch.setattr("niangjia.kernel.api.doors.Key.__call__", lambda _door, request: request.actor)
    assert ask(text, "members").status_code == 200


@pytest.mark.guard("key-place", "a key meets the rows of its place alone, in code and behind the walls of the database")
def test_a_key_of_another_place_finds_nothing(office: Office, chen: Person) -> None:
    _key, text = key_for(office.park)
    assert ask(text, "members").json()["items"] == []
    assert ask(text, f"members/{chen.pk}").status_code == 404
    assert {union["code"] for union in ask(text, "unions").json()["items"]} == {office.park.code, office.plant.code}
    assert write(text, "unions", a_union(office)).status_code == 422
    assert not Union.objects.filter(name="新来工会").exists()
    assert met_behind_the_walls(office.park) == 0
    assert met_behind_the_walls(office.town) == 1


@pytest.mark.control("key-place")
def test_without_its_place_a_key_would_meet_everybody(office: Office, chen: Person) -> None:
    """The same question, with the key set to the county by hand, meets her: it was the place that hid her."""
    key, _text = key_for(office.park)
    Key.objects.filter(pk=key.pk).update(place_id=office.county.pk)
    assert met_with(key) == 1


def met_with(key: Key) -> int:
    """How many people the database itself shows to a key, as the application's role."""
    program = program_of(key.pk, scopes=EVERY, at=Right(Role.CADRE, key.place_id, ""))
    with acting(program), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM members_person")
        return int(cursor.fetchone()[0])


def met_behind_the_walls(union: Union) -> int:
    key, _text = key_for(union)
    return met_with(key)


@pytest.mark.guard("key-revoked", "a key that is revoked or over opens nothing from its next request on")
def test_a_revoked_key_is_refused_at_its_next_request(office: Office, chen: Person) -> None:
    key, text = key_for(office.county)
    assert ask(text, "members").status_code == 200
    revoke_key(key, by=keeper(office.county))
    refused = ask(text, "members")
    assert (refused.status_code, refused["WWW-Authenticate"][:6]) == (401, "Bearer")
    assert met_with(key) == 0
    over, text = key_for(office.county)
    Key.objects.filter(pk=over.pk).update(expires_on=clock.today() - timedelta(days=1))
    assert ask(text, "members").status_code == 401
    assert met_with(over) == 0


@pytest.mark.control("key-revoked")
def test_a_key_nobody_revoked_goes_on(office: Office, chen: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    key, text = key_for(office.county)
    revoke_key(key, by=keeper(office.county))
    monkeypatch.setattr(services, "standing_of", lambda _key: "at_work")
    # With the door open the wall still stands: rows of people stay hidden.
    assert ask(text, "members").json()["items"] == []
    assert ask(text, "unions").status_code == 200


@pytest.mark.guard("key-in-clear", "the text of a key is in no table, no journal and no log")
def test_a_key_is_kept_nowhere(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    _key, text = key_for(office.county)
    write(text, "unions", a_union(office))
    ask(text, "unions")
    ask(text + "x", "unions")
    secret = text.rsplit("_", 1)[1]
    assert found_in_the_database(secret[:20]) == []
    assert secret[:20] not in caplog.text
    assert all(secret not in json.dumps(entry.detail) for entry in Entry.objects.all())


@pytest.mark.control("key-in-clear")
def test_a_key_written_into_a_row_is_found(office: Office) -> None:
    key, text = key_for(office.county)
    secret = text.rsplit("_", 1)[1]
    Key.objects.filter(pk=key.pk).update(name=secret)
    assert found_in_the_database(secret[:20]) == ["programs_key"]


def found_in_the_database(words: str) -> list[str]:
    """Tables that hold these words in clear."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename ~ '^(programs|journal|idempotency|cache|procrastinate_jobs)'"
        )
        tables = [name for (name,) in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{words}%"])
            if cursor.fetchone()[0]:
                found.append(table)
        return found


def test_what_a_program_does_stands_in_the_journal_as_a_kind_of_its_own(office: Office) -> None:
    key, text = key_for(office.town)
    answer = write(text, "unions", a_union(office))
    assert answer.status_code == 201, answer.content
    entry = Entry.objects.get(verb="register_union", thing_id=Union.objects.get(name="新来工会").pk)
    assert (entry.account_id, entry.author) == (None, f"program@{office.town.pk} 柳林镇总工会 {key.number}")


def test_a_write_counts_once_for_a_key_too(office: Office) -> None:
    _key, text = key_for(office.town)
    _other, another = key_for(office.town)
    headers = {"Idempotency-Key": str(uuid4())}
    body = json.dumps(a_union(office))
    answers = [
        Client().post("/api/v1/unions", body, content_type="application/json", headers=headers | {"Authorization": f"Bearer {one}"})
        for one in (text, text, another)
    ]  # fmt: skip
    assert [answer.status_code for answer in answers] == [201, 201, 201]
    assert [answer.headers.get("Idempotency-Replayed") for answer in answers] == [None, "true", None]
    assert Union.objects.filter(name="新来工会").count() == 2
    keyless = Client().post(
        "/api/v1/unions", body, content_type="application/json", headers={"Authorization": f"Bearer {text}"}
    )
    assert keyless.json()["code"] == "idempotency_key_missing"


def test_a_key_signs_in_to_no_page_and_brings_no_session(office: Office) -> None:
    _key, text = key_for(office.county)
    for page in ("/", "/members/", "/unions/", "/developers/"):
        answer = Client().get(page, headers={"Authorization": f"Bearer {text}"})
        assert (answer.status_code, answer.headers.get("Location", "")[:9]) == (302, "/sign-in/"), page
    assert not OpenSession.objects.exists()
    chair = client_at(office.county)
    assert ask("njk_0000_wrong", "unions", chair).status_code == 401
    _small, text = key_for(office.park)
    codes = {union["code"] for union in ask(text, "unions", chair).json()["items"]}
    assert codes == {office.park.code, office.plant.code}


def test_too_many_requests_are_told_when_to_come_again(office: Office) -> None:
    _key, text = key_for(office.county, per_minute=3)
    now = clock.now()
    with clock.at(now):
        assert [ask(text, "unions").status_code for _time in range(3)] == [200, 200, 200]
        refused = ask(text, "unions")
    assert (refused.status_code, refused.json()["code"]) == (429, "too_often")
    assert 1 <= int(refused["Retry-After"]) <= 60
    with clock.at(now + timedelta(seconds=61)):
        assert ask(text, "unions").status_code == 200
        assert services.forget_uses() == 3
    assert KeyUse.objects.count() == 1


def test_a_key_is_taken_from_its_networks_alone(office: Office) -> None:
    _key, text = key_for(office.county, networks=["203.0.113.0/24"])
    assert ask(text, "unions").status_code == 401
    assert ask(text, "unions", REMOTE_ADDR="203.0.113.9").status_code == 200


def test_only_the_security_administrator_of_the_place_makes_keys_and_not_for_ever(office: Office) -> None:
    for role in (Role.CADRE, Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN):
        actor = Actor(None, "", (Right(role, office.county.pk, office.county.place.path),))
        with pytest.raises(Forbidden):
            make_key(KeyWish("x", EVERY, clock.today()), at=office.county.place, by=actor)
    with pytest.raises(Forbidden):
        make_key(KeyWish("x", EVERY, clock.today()), at=office.county.place, by=keeper(office.town))
    for scopes, days, code in (
        (frozenset(), 1, "scopes_missing"),
        (EVERY, 366, "key_too_long"),
        (EVERY, -1, "ends_before_it_begins"),
        (frozenset({"all"}), 1, "scopes_missing"),
    ):
        with pytest.raises(KeyRefused) as refused:
            key_for(office.county, scopes, last=clock.today() + timedelta(days=days))
        assert refused.value.reason.code == code


def test_keys_are_told_apart_in_constant_time(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that is there and one that is not cost the same comparison, of whole fingerprints."""
    compared: list[tuple[int, int]] = []
    real = hmac.compare_digest

    def watched(kept: bytes, brought: bytes) -> bool:
        compared.append((len(kept), len(brought)))
        return real(kept, brought)

    monkeypatch.setattr(hmac, "compare_digest", watched)
    _key, text = key_for(office.county)
    for wrong in (text[:-1] + "x", "njk_00000000_nothing", "", "njk"):
        assert services.known(wrong, address="127.0.0.1") is None
    assert compared == [(16, 16)] * 4
