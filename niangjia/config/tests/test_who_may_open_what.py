"""Every address × method × person against the reviewed table; what is forbidden looks exactly like what is not there.

The table is `who_may_open_what.txt` beside this file: read it when it changes, line by line. To write it anew:
`NIANGJIA_WRITE_TABLE=1 script/test niangjia/config/tests/test_who_may_open_what.py -k written`.
"""

import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from niangjia.config.tests.crossing import (
    METHODS,
    OTHER_METHODS,
    PEOPLE,
    Crossing,
    bare,
    browser_of,
    knock,
    routes,
    word_of,
)
from niangjia.config.tests.things import absent_values, things_of, values_of
from niangjia.config.tests.whole_numbers import shown_whole, whole_numbers
from niangjia.kernel import clock
from niangjia.registers.members import masked

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).with_name("who_may_open_what.txt")
ELSE = "(everybody else)"
Row = tuple[str, str]
# Asked of a few alone: nothing answers to these methods that does not answer to GET. Every time, of who may open most.
FEW = ("cadre-county", *(pytest.param(who, marks=pytest.mark.deep) for who in ("nobody", "worker-herself")))
# One of each kind every time; everybody in the long set.
ALWAYS = {
    "nobody", "worker-herself", "worker-elsewhere", "chair-mill", "chair-plant", "cadre-town", "auditor-county",
    "security-admin",
}  # fmt: skip
EVERYBODY = [who if who in ALWAYS else pytest.param(who, marks=pytest.mark.deep) for who in PEOPLE]


@pytest.fixture(autouse=True)
def _at_one_moment() -> Iterator[None]:
    """Pages name the minute, which must not turn between two answers that are compared."""
    with clock.at(clock.now()):
        yield


def answers_to(who: str, *, methods: tuple[str, ...] = METHODS, below: str = "") -> dict[Row, str]:
    """The word for every address and method, for one person.

    On the way forbidden is compared with absent, and pages are searched for numbers that stand in them whole.
    """
    world = Crossing()
    things = things_of(world)
    client = browser_of(who, world)
    numbers = whole_numbers()
    words: dict[Row, str] = {}
    for route in (each for each in routes() if each.pattern.startswith(below)):
        values = values_of(route, things)
        for method in methods:
            response = knock(client, method, route.filled(values))
            words[method, route.pattern] = word = word_of(response)
            shown = shown_whole(response, numbers) if method == "GET" else set()
            assert not shown, f"{who}: {route.pattern} shows whole numbers"
            if word == "absent" and values != (other := absent_values(values)):
                missing = knock(client, method, route.filled(other))
                told = [bare(response, route.filled(values)), bare(missing, route.filled(other))]
                assert told[0] == told[1], f"{who}: {method} {route.pattern}: forbidden differs from absent"
    return words


def read_table() -> dict[Row, dict[str, str]]:
    """The reviewed table: address and method → person → word."""
    table: dict[Row, dict[str, str]] = {}
    row: Row = ("", "")
    for line in TABLE.read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        if not line.startswith(" "):
            method, pattern = (*line.split(" ", 1), "")[:2]
            row = (method, pattern)
            table[row] = {}
            continue
        word, *people = line.split()
        for who in PEOPLE if " ".join(people) == ELSE else people:
            table[row].setdefault(who, word)
    return table


def write_table(found: dict[str, dict[Row, str]]) -> str:
    """The table as people read it: the commonest word last, for everybody else."""
    lines = TABLE.read_text("utf-8").splitlines() if TABLE.exists() else []
    text = [line for line in lines if line.startswith("#")]
    for row in sorted(next(iter(found.values())), key=lambda row: (row[1], row[0])):
        by_word: dict[str, list[str]] = defaultdict(list)
        for who in PEOPLE:
            by_word[found[who][row]].append(who)
        *others, commonest = sorted(by_word, key=lambda word: (len(by_word[word]), word))
        text += ["", f"{row[0]} {row[1]}", *(f"    {word:<8} {' '.join(by_word[word])}" for word in sorted(others))]
        text.append(f"    {commonest:<8} {ELSE}")
    return "\n".join(text) + "\n"


def differing(who: str, found: dict[Row, str], table: dict[Row, dict[str, str]]) -> dict[Row, tuple[str, str]]:
    """Answers that are not those of the table: found, and reviewed."""
    return {row: (word, table[row][who]) for row, word in found.items() if table[row][who] != word}


@pytest.mark.guard("address-method-person", "every answer of every address to everybody was looked at and written down")
@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_gets_what_the_reviewed_table_says(who: str) -> None:
    table = read_table()
    found = answers_to(who)
    assert {row: word for row, word in found.items() if row not in table} == {}, "addresses nobody has reviewed"
    assert {row for row in table if row not in found} == set(), "addresses that are gone"
    assert differing(who, found, table) == {}, "found, and reviewed"


@pytest.mark.control("address-method-person")
def test_a_right_that_reaches_too_far_differs_from_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PEOPLE, "chair-plant", PEOPLE["cadre-county"])
    assert differing("chair-plant", answers_to("chair-plant", methods=("GET",), below="members/"), read_table())


@pytest.mark.guard(
    "numbers-masked", "no page that is opened shows a whole number of a paper, phone, bank account or card"
)
def test_no_page_of_the_register_shows_a_whole_number() -> None:
    answers_to("cadre-county", methods=("GET",), below="members/")


@pytest.mark.control("numbers-masked")
def test_a_page_that_masks_nothing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(masked, "masked_phone", str)
    with pytest.raises(AssertionError, match="shows whole numbers"):
        answers_to("cadre-county", methods=("GET",), below="members/")


@pytest.mark.parametrize("who", FEW)
def test_other_methods_do_nothing(who: str) -> None:
    """HEAD and OPTIONS tell no more than GET; nothing is put, patched or deleted."""
    found = answers_to(who, methods=OTHER_METHODS)
    # The description of the API is the same for whatever asks for it; Django's form views take PUT as POST.
    table = read_table()
    writes = [row for row, word in found.items() if word == "ok" and row[0] in {"PUT", "PATCH", "DELETE"}]
    as_post = {row for row in writes if row[0] == "PUT" and table["POST", row[1]][who] == "ok"}
    wrong = {row for row in writes if row[1] != "api/v1/openapi.json"} - as_post
    assert wrong == set()
    # A program without its worker is not ready, and says so.
    broken = {row: word for row, word in found.items() if word.isdigit() and int(word) >= 500 and row[1] != "readyz"}
    assert broken == {}


@pytest.mark.skipif("NIANGJIA_WRITE_TABLE" not in os.environ, reason="writes the table that people review")
def test_the_table_is_written(django_db_blocker: Any) -> None:
    found = {}
    for who in PEOPLE:
        with transaction.atomic():
            found[who] = answers_to(who)
            transaction.set_rollback(True)
    TABLE.write_text(write_table(found), "utf-8")
