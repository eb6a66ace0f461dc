"""The heads of the chains, written down outside the database, so that a cut tail or a rewrite shows."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import connection

from niangjia.kernel.journal.models import Anchored, Block

TAIL_BYTES = 512  # room for the last line, whole
NOTE = """
INSERT INTO journal_anchored AS known (city, number) VALUES (%s, %s)
ON CONFLICT (city) DO UPDATE SET number = excluded.number WHERE known.number < excluded.number
"""


def anchor_file(city: str) -> Path:
    """Where a city's chain is anchored; put the folder (NIANGJIA_ANCHORS) on another disk."""
    return Path(settings.NIANGJIA_ANCHORS) / f"journal-{city}.txt"


def anchor(city: str) -> None:
    """Append every head that was not anchored yet (number, hash, instant), those a crash left out before the newest.

    What was anchored once is never written again: a file that is gone stays a gap that the proof tells of.
    """
    with _alone(city) as path, path.open("a+b") as file:
        last = max(_last_anchored(file), _written(city))
        for line in _lines(city, after=last):
            file.write(line)
            last = _number(line)
        file.flush()
        os.fsync(file.fileno())
    _note(city, last)


def write_anew(city: str) -> int:
    """Write the anchors of every block there is, in place of a file that lost some; answers how many were lost."""
    with _alone(city) as path:
        whole = path.read_bytes().rpartition(b"\n")[0] if path.exists() else b""
        known = {_number(line): line + b"\n" for line in whole.split(b"\n") if _number(line)}
        lines = {_number(line): line for line in _lines(city, after=0)} | known
        draft = path.with_name(f".{path.name}.new")
        with draft.open("wb") as file:
            file.writelines(lines[number] for number in sorted(lines))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    lost = sum(number <= _written(city) for number in lines.keys() - known.keys())
    _note(city, max(lines, default=0))
    return lost


def anchor_all() -> None:
    """Complete the anchors of every city: the machine may have died after a block and before its anchor."""
    for city in Block.objects.order_by("city").values_list("city", flat=True).distinct():
        anchor(city)


def _last_anchored(file: BinaryIO) -> int:
    """The number on the last whole line; half a line that a crash left is taken away."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(size - TAIL_BYTES, 0))
    whole, _, half = file.read().rpartition(b"\n")
    if half:
        file.truncate(size - len(half))
    return _number(whole.rpartition(b"\n")[2])


@contextmanager
def _alone(city: str) -> Iterator[Path]:
    """A city's anchor file, held by one process at a time."""
    path = anchor_file(city)
    path.parent.mkdir(parents=True, exist_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield path
    finally:
        os.close(folder)


def _written(city: str) -> int:
    return Anchored.objects.filter(city=city).values_list("number", flat=True).first() or 0


def _number(line: bytes) -> int:
    first = line.split(b" ")[0]
    return int(first) if first.isdigit() else 0


def _lines(city: str, *, after: int) -> Iterator[bytes]:
    heads = Block.objects.filter(city=city, number__gt=after).order_by("number")
    for number, digest, at in heads.values_list("number", "hash", "sealed_at").iterator():
        yield f"{number} {bytes(digest).hex()} {at.isoformat()}\n".encode("ascii")


def _note(city: str, number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(NOTE, [city, number])
