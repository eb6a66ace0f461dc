"""Rosters: from the file to the committed register, against COPY into identical tables (goals 1a, 1b, 1d)."""

import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import connection
from psycopg import sql

import bench.ready  # noqa: F401 - before the models below
from bench.figures import Figure, median, seconds, show
from bench.rosters import write_roster
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.journal.services import seal_waiting
from niangjia.kernel.places.models import Place
from niangjia.registers.members.roster.services import RosterFile, receive, run
from niangjia.registers.orgs.models import Union

Owner = psycopg.Connection[tuple[Any, ...]]
TABLES = ("people_subject", "members_person", "members_membership")
CLONE = "limit_of_copy"
# What refers to people and is never emptied (looks, erasures) holds nothing in a database of the bench.
NEVER_EMPTIED = """
SELECT relname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid
WHERE tgname LIKE '%never_emptied%' AND relname NOT LIKE 'journal%'
"""
LARGER = 10


def measure(owner_address: str, *, rows: int, repeat: int) -> list[Figure]:
    """All figures of the roster at two sizes."""
    with tempfile.TemporaryDirectory() as folder, psycopg.connect(owner_address, autocommit=True) as owner:
        small = _Size(owner, Path(folder), rows, repeat)
        large = _Size(owner, Path(folder), rows * LARGER, 1)
        return [*small.figures(), *large.figures(), *_growth(small, large), _memory(owner, Path(folder), rows * LARGER)]


class _Size:
    """The measures at one number of rows."""

    def __init__(self, owner: Owner, folder: Path, rows: int, repeat: int) -> None:
        self.rows = rows
        good, bad = folder / f"good-{rows}.csv", folder / f"bad-{rows}.csv"
        write_roster(good, rows=rows)
        write_roster(bad, rows=rows, bad_share=0.1)
        self.times: dict[str, list[float]] = {"first": [], "again": [], "faulty": [], "limit": []}
        self.wal: list[float] = []
        for number in range(1, repeat + 1):
            self._once(owner, good=good, bad=bad)
            last = ", ".join(f"{name} {times[-1]:.2f} s" for name, times in self.times.items())
            sys.stderr.write(f"{rows} rows, {number} of {repeat}: {last}\n")

    def _once(self, owner: Owner, *, good: Path, bad: Path) -> None:
        """One round, everything interleaved: first run, second run, COPY, and the file with bad rows."""
        _empty(owner)
        unit = _unit()
        start = _wal(owner)
        self.times["first"].append(seconds(partial(_imported, good, unit, created=self.rows)))
        between = _wal(owner)
        self.times["again"].append(seconds(partial(_imported, good, unit, created=0)))
        self.wal.append((_wal(owner) - between) / (between - start))
        self.times["limit"].append(_copy_limit(owner))
        _empty(owner)
        self.times["faulty"].append(seconds(partial(_imported, bad, _unit(), created=None)))

    def middle(self, name: str) -> float:
        """The median time of one measure, in seconds."""
        return median(self.times[name])

    def figures(self) -> list[Figure]:
        """Rows per second, and the ratio to COPY."""
        limit, first, again = (self.rows / self.middle(name) for name in ("limit", "first", "again"))
        cost = self.middle("faulty") / self.middle("first")
        return [
            Figure(f"roster.first.{self.rows} rows/s", first, limit, first / limit, "ratio >= 0.3"),
            Figure(f"roster.again.{self.rows} rows/s", again, limit, again / limit, "ratio >= 0.8"),
            Figure(f"roster.again.{self.rows} share of WAL", median(self.wal), None, None, "< 0.01"),
            Figure(f"roster.bad_rows.{self.rows} cost", cost, None, None, "<= 1.2"),
        ]


def _growth(small: _Size, large: _Size) -> Iterator[Figure]:
    for name in ("first", "again", "limit"):
        times = large.middle(name) / small.middle(name)
        yield Figure(f"roster.{name} times for ten times the rows", times, None, None, "about 10", math.log10(times))


def _unit() -> Union:
    """One union to import into."""
    found = Union.objects.filter(code="BENCH").first()
    if found is not None:
        return found
    place = Place.objects.create(city="349900", level="county", path="0.", opened_on=date(2020, 1, 1))
    Place.objects.filter(pk=place.pk).update(path=f"{place.pk}.")
    return Union.objects.create(place=place, city="349900", code="BENCH", name="试验县总工会", kind="territorial")


def _imported(path: Path, unit: Union, *, created: int | None) -> None:
    """One whole import; what it says is checked inside the timed path."""
    file = RosterFile.in_place(path)
    batch = run(receive(file, unit=unit, by=Actor.operator()), file)
    if batch.state != "done" or (created is not None and batch.created != created) or batch.conflicts:
        message = f"the import came to {batch.state}: {batch.created} created, {batch.rejected} rejected"
        raise RuntimeError(message)
    while seal_waiting():
        pass


def _empty(owner: Owner) -> None:
    """An empty register, in a settled state."""
    connection.close()
    for table in owner.execute(NEVER_EMPTIED).fetchall():
        owner.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(sql.Identifier(*table)))
    owner.execute("TRUNCATE people_subject, places_place, intake_import, members_personevent CASCADE")
    owner.execute("VACUUM ANALYZE people_subject, members_person, members_membership, intake_import, intake_remark")


def _wal(owner: Owner) -> int:
    """Bytes of write-ahead log so far."""
    (row,) = owner.execute("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')").fetchall()
    return int(row[0])


def _copy_limit(owner: Owner) -> float:
    """Seconds for the owner to COPY the very same rows into tables with the same indexes, constraints and keys."""
    with _clones(owner):
        spent = 0.0
        for table in TABLES:
            with owner.cursor().copy(f"COPY {table} TO STDOUT") as out:
                content = b"".join(bytes(piece) for piece in out)
            spent += seconds(partial(_copy, owner, table, content))
        return spent


def _copy(owner: Owner, table: str, content: bytes) -> None:
    with owner.cursor().copy(f"COPY {CLONE}.{table} FROM STDIN") as into:
        into.write(content)


@contextmanager
def _clones(owner: Owner) -> Iterator[None]:
    owner.execute(f"CREATE SCHEMA {CLONE}")
    for table in TABLES:
        owner.execute(f"CREATE TABLE {CLONE}.{table} (LIKE public.{table} INCLUDING ALL)")
    for table in TABLES:
        keys = owner.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f' AND conrelid = %s::regclass",
            [table],
        )
        for name, definition in keys.fetchall():
            for cloned in TABLES:
                definition = definition.replace(f"REFERENCES {cloned}(", f"REFERENCES {CLONE}.{cloned}(")  # noqa: PLW2901
            owner.execute(f"ALTER TABLE {CLONE}.{table} ADD CONSTRAINT {name} {definition}")
    try:
        yield
    finally:
        owner.execute(f"DROP SCHEMA {CLONE} CASCADE")


def _memory(owner: Owner, folder: Path, rows: int) -> Figure:
    """Peak memory of the operator's own command over the larger file."""
    _empty(owner)
    _unit()
    words = ["import-members", str(folder / f"good-{rows}.csv"), "--unit", "BENCH"]
    command = [str(Path(sys.prefix) / "bin" / "niangjia"), *words]
    watch = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)"
    )
    done = subprocess.run([sys.executable, "-c", watch, *command], check=True, capture_output=True, text=True)
    return Figure(f"roster.memory.{rows} MB", float(done.stdout), None, None, "< 250")


if __name__ == "__main__":
    call_command("migrate", database="owner", verbosity=0)
    scale, repetitions, shape = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    show(measure(os.environ["NIANGJIA_OWNER_URL"], rows=scale, repeat=repetitions), as_json=shape == "json")
