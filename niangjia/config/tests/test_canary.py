"""A thousand people go through everything the program does; afterwards their numbers and phones are nowhere in clear."""

import csv
import io
import logging
from base64 import b64encode
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from niangjia.config.tests.canaries import NAME, Canaries, dumped_tables, kept_files
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.intake.models import Import, State
from niangjia.kernel.journal.services import record
from niangjia.registers.members.models import Person
from niangjia.registers.members.roster.tests.desk import HEADER, cadre_of, county, inside, landed, send

PEOPLE = 1_000
WRONG = 30


def numbers_of(rows: list[list[str]]) -> list[list[str]]:
    """The same people, some with a number that a hand mistyped: they are sent back with what was typed."""
    return [[*row[:1], row[1][:-1] + ("1" if row[1][-1] != "1" else "2"), *row[2:]] for row in rows[:WRONG]]


def by_csv(client: Client, rows: list[list[str]]) -> Import:
    """A roster as a text file, tried and landed by the pages."""
    text = io.StringIO()
    csv.writer(text).writerows([HEADER, *rows])
    send(client, text.getvalue().encode(), name="花名册.csv")
    return Import.objects.order_by("-id")[0]


def go_through(canaries: Canaries) -> Client:
    """Rosters, faults, searches by number and phone, pages, hand entry, API, refusals, undo."""
    upper, lower = county()
    client = inside(cadre_of(upper))
    rows = canaries.rows()
    batch = landed(client, [*rows[:900], *numbers_of(rows)], union="LL")
    assert batch.state == State.DONE
    assert batch.created == 900
    client.get(f"/members/imports/{batch.pk}/")
    client.get(f"/members/imports/{batch.pk}/rows/")
    faults: Any = client.get(f"/members/imports/{batch.pk}/faults.xlsx")
    assert b"".join(faults.streaming_content)
    faults.close()
    again = landed(
        client, [[*row[:2], phone, *row[3:]] for row, phone in zip(rows[:50], canaries.phones[900:950], strict=True)]
    )
    client.post(f"/members/imports/{again.pk}/undo/")
    by_csv(client, rows[900:950])
    for word in (*canaries.numbers[:20], *canaries.phones[:20]):
        client.get("/members/", {"q": word})
        client.get("/api/v1/members", {"q": word})
        client.get(f"/members/?q={word}&union=LL")
    by_hand(client, canaries, lower.code)
    for person in Person.objects.order_by("pk")[:10]:
        client.get(f"/members/{person.pk}/")
        client.get(f"/members/{person.pk}/edit/")
    return client


def by_hand(client: Client, canaries: Canaries, union: str) -> None:
    """People entered one by one, on the page and by a program; the second time refused."""
    for number in range(950, 960):
        whole = {
            "name": canaries.name(number),
            "union": union,
            "id_number": canaries.numbers[number],
            "phone": canaries.phones[number],
        }
        for _time in range(2):
            client.post("/members/new/", whole | {"idempotency_key": str(uuid4())})
            headers = {"Idempotency-Key": str(uuid4())}
            client.post("/api/v1/members", whole, content_type="application/json", headers=headers)


def everything(caplog: pytest.LogCaptureFixture, capfd: Any) -> dict[str, bytes]:
    """All that stays behind, by name."""
    left = dict(dumped_tables())
    data = Path(settings.NIANGJIA_DATA)
    left |= dict(
        kept_files(
            folder for folder in (data / "uploads", data / "files", data / "exports", data / "logs") if folder.exists()
        )
    )
    left["logs"] = caplog.text.encode() + repr([record.__dict__ for record in caplog.records]).encode()
    left["stdout, stderr"] = "".join(capfd.readouterr()).encode()
    left["mail"] = "".join(str(letter.message()) for letter in mail.outbox).encode()
    return left


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.guard(
    "canary", "numbers and phones of people are nowhere in clear: database, queue, cache, logs, mail, files"
)
def test_a_thousand_people_leave_no_number_behind(caplog: pytest.LogCaptureFixture, capfd: Any) -> None:
    canaries = Canaries(PEOPLE)
    with caplog.at_level(logging.DEBUG):
        go_through(canaries)
    assert Person.objects.filter(name__startswith=NAME).count() >= 900
    left = everything(caplog, capfd)
    assert {"public.members_person", "public.procrastinate_jobs", "public.cache_entry", "public.journal_entry"} <= set(
        left
    )
    hits = {name: len(found) for name, content in left.items() if (found := canaries.found_in(content))}
    assert hits == {}


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.control("canary")
def test_one_number_told_to_the_journal_is_found() -> None:
    canaries = Canaries(10)
    record("edit_member", by=Actor.operator(), thing="member", detail={"was": canaries.numbers[3]})
    hits = [name for name, content in dumped_tables() if canaries.found_in(content)]
    assert hits == ["public.journal_entry"]


@pytest.mark.parametrize("spelled", [
    lambda word: word, lambda word: word.decode().encode("utf-16-le"), lambda word: word.hex().encode(),
    lambda word: b"\\\\x" + ("身份证" + word.decode()).encode().hex().encode(), lambda word: b"q=" + b64encode(b"id:" + word),
    lambda word: b"12" + word + b"34",
])  # fmt: skip
def test_a_number_is_found_however_it_is_spelled(spelled: Any) -> None:
    canaries = Canaries(5)
    for word in (canaries.numbers[2].encode(), canaries.phones[4].encode()):
        assert canaries.found_in(b"before " + spelled(word) + b" after") == {word}
    assert canaries.found_in(b"349921199001010000 13800000000") == set()
