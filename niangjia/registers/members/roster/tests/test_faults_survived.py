"""A roster survives what happens to machines: death at any statement, two at once, a crash of the server."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from niangjia.kernel.intake.models import Import, State
from niangjia.kernel.people.models import Subject
from niangjia.registers.members.models import Membership, Person
from niangjia.registers.members.roster import services
from niangjia.registers.members.roster.services import Busy, RosterFile, receive, run
from niangjia.registers.members.roster.staging import Staging
from niangjia.registers.members.roster.tests.people import OPERATOR, counts, csv_file, id_number, person, union
from niangjia.registers.orgs.models import Union

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = 7
BAD = 1


class Killed(BaseException):
    """The process is dead: nothing of it runs any more, its clean-up least of all."""


@contextmanager
def dying_before(statement: int) -> Iterator[list[str]]:
    """Every statement from this one on never reaches the database."""
    sent: list[str] = []

    def wrapper(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if len(sent) >= statement:
            raise Killed
        sent.append(str(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        yield sent


def one_file(folder: Path, first: int) -> Path:
    """Seven rows of people nobody else has; one of them with a bad number."""
    rows = [person(n) for n in range(first, first + ROWS)]
    rows[3][1] = id_number(first + 3)[:-1]
    return csv_file(folder, rows, name=f"{first}.csv")


def completes(file: RosterFile, unit: Union, *, dying_at: int) -> bool:
    """Import with death before the n-th statement; whether the import had fewer statements and lived."""
    with dying_before(dying_at):
        try:
            run(receive(file, unit=unit, by=OPERATOR), file)
        except Killed:
            connection.close()
            return False
    return True


def settled(path: Path, unit: Union) -> Import:
    """The same command once more."""
    file = RosterFile.in_place(path)
    return run(receive(file, unit=unit, by=OPERATOR), file)


def all_there_once(first: int) -> bool:
    """Everybody of the file is a member exactly once."""
    people = Person.objects.filter(phone_blind__isnull=False, memberships__state="active", pk__gt=first)
    return people.count() == people.distinct().count() == ROWS - BAD


def test_death_before_any_statement_loses_nothing_and_doubles_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "CHUNK_ROWS", 3)
    unit = union("A1")
    statement, lived = 0, False
    while not lived:
        path = one_file(tmp_path, first=100 * (statement + 1))
        newest = Subject.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        lived = completes(RosterFile.in_place(path), unit, dying_at=statement)
        again = settled(path, unit)
        assert again.state == State.DONE, statement
        assert again.rows_in == ROWS, statement
        assert again.created + again.unchanged == ROWS - BAD, statement
        assert again.rejected == again.remarks.count() == BAD, statement
        assert all_there_once(newest), statement
        statement += 1
    assert statement > 40


def test_a_run_taken_up_again_tells_the_counts_of_the_whole_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "CHUNK_ROWS", 3)
    unit, path = union("A1"), one_file(tmp_path, first=1)
    file = RosterFile.in_place(path)
    batch = receive(file, unit=unit, by=OPERATOR)
    chunks: list[int] = []
    whole = services._chunk

    def one_chunk(*words: Any, **named: Any) -> int:
        if chunks:
            raise Killed
        chunks.append(1)
        return whole(*words, **named)

    monkeypatch.setattr(services, "_chunk", one_chunk)
    with pytest.raises(Killed):
        run(batch, file)
    monkeypatch.setattr(services, "_chunk", whole)
    assert Membership.objects.count() == 3
    resumed = settled(path, unit)
    assert resumed.pk == batch.pk
    assert counts(resumed) == (ROWS - BAD, 0, 0, BAD, 0)


def test_staging_emptied_by_a_crash_of_the_server_is_filled_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "CHUNK_ROWS", 3)
    unit, path = union("A1"), one_file(tmp_path, first=1)
    file = RosterFile.in_place(path)
    batch = receive(file, unit=unit, by=OPERATOR)
    whole = services._chunk

    def crash(*_words: Any, **_named: Any) -> int:
        raise Killed

    monkeypatch.setattr(services, "_chunk", crash)
    with pytest.raises(Killed):
        run(batch, file)
    monkeypatch.setattr(services, "_chunk", whole)
    with connection.cursor() as cursor:
        cursor.execute(Staging(batch.pk).statement("TRUNCATE {rows}"))
    assert counts(settled(path, unit)) == (ROWS - BAD, 0, 0, BAD, 0)


def test_two_cadres_with_the_same_file_create_nobody_twice(tmp_path: Path) -> None:
    path = csv_file(tmp_path, [person(n) for n in range(60)])
    units = [union("A1"), union("A1B")]
    start = Barrier(len(units))
    batches: list[Import] = []

    def bring_in(unit: Union) -> None:
        file = RosterFile.in_place(path)
        batch = receive(file, unit=unit, by=OPERATOR)
        start.wait()
        batches.append(run(batch, file))
        connection.close()

    threads = [Thread(target=bring_in, args=(unit,)) for unit in units]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Subject.objects.count() == Membership.objects.filter(state="active").count() == 60
    assert sum(batch.created for batch in batches) == 60
    assert sum(batch.conflicts for batch in batches) == 60


def test_an_import_is_run_by_one_process_at_a_time(tmp_path: Path) -> None:
    file = RosterFile.in_place(csv_file(tmp_path, [person(1)]))
    batch = receive(file, unit=union("A1"), by=OPERATOR)
    refused: list[bool] = []

    def second() -> None:
        try:
            run(batch, file)
        except Busy:
            refused.append(True)
        finally:
            connection.close()

    with services.held_alone(batch):
        thread = Thread(target=second)
        thread.start()
        thread.join()
    assert refused == [True]


DYING = """
import os, sys
import django
django.setup()
from django.db import connection
from niangjia.config.command import main
last = int(sys.argv[1])
sent = 0
def wrapper(execute, sql, params, many, context):
    global sent
    if sent >= last:
        os._exit(9)
    sent += 1
    return execute(sql, params, many, context)
with connection.execute_wrapper(wrapper):
    code = main(sys.argv[2:])
sys.stderr.write(f"statements {sent}")
sys.exit(code)
"""


@pytest.mark.deep
def test_a_process_killed_before_any_statement_is_taken_up_by_the_next(tmp_path: Path) -> None:
    unit, statement = union("A1"), 0
    while True:
        path = one_file(tmp_path, first=100 * (statement + 1))
        newest = Subject.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        words = ["import-members", str(path), "--unit", unit.code, "--json"]
        dead = subprocess.run([sys.executable, "-c", DYING, str(statement), *words], capture_output=True, check=False)
        again = settled(path, unit)
        assert (again.state, again.rows_in) == (State.DONE, ROWS), statement
        assert all_there_once(newest), statement
        if dead.returncode == 0:
            break
        assert dead.returncode == 9, dead.stderr
        statement += 1
    assert statement > 30
