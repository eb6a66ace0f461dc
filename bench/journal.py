"""The journal: every entry of a large journal proved, against hashing the same words without a database."""

import hmac
import os
import shutil
import sys
from functools import partial
from hashlib import sha256
from time import process_time

import psycopg
from django.conf import settings
from django.core.management import call_command

import bench.ready  # noqa: F401 - before the models below
from bench.figures import Figure, median, peak_memory_mb, seconds, show
from bench.journals import write_journal
from niangjia.kernel.journal.queries import verify

TABLES = "journal_waiting, journal_sealing, journal_block, journal_entry"
LARGE, SMALL = 5_000, 10  # entries in a block: after an import, and of a quiet day
WORDS = b"w" * 260


def measure(owner_address: str, *, rows: int, repeat: int) -> list[Figure]:
    """Seconds for ten times the scale, in large blocks and in small ones."""
    figures = []
    for in_block in (LARGE, SMALL):
        _empty(owner_address)
        write_journal(rows, in_block=in_block)
        began = process_time()
        took = median(seconds(partial(_prove, rows)) for _ in range(repeat))
        work = (process_time() - began) / repeat
        limit = seconds(partial(_hash_alone, rows))
        sys.stderr.write(f"{rows} entries, {in_block} in a block: {took:.1f} s\n")
        name = f"journal.verify.{rows} in blocks of {in_block}"
        figures.append(Figure(f"{name} s", took, None, None, "<= 10 for a million"))
        figures.append(Figure(f"{name} work of this process s", work))
        figures.append(Figure(f"{name} entries/s", rows / took, rows / limit, limit / took))
    return [*figures, Figure("journal.verify memory MB", peak_memory_mb(), None, None, "flat")]


def _prove(rows: int) -> None:
    proof = verify()
    if proof.checked != rows or proof.violations:
        message = f"{proof.checked} checked, {proof.violations[:3]}"
        raise RuntimeError(message)


def _hash_alone(rows: int) -> None:
    """What cannot be saved: one keyed seal and two hashes of the tree for each entry."""
    for _ in range(rows):
        mac = hmac.digest(b"k" * 32, WORDS, "sha256")
        sha256(sha256(b"\x00" + mac).digest()).digest()


def _empty(owner_address: str) -> None:
    with psycopg.connect(owner_address, autocommit=True) as owner:
        for table in TABLES.split(", "):
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        owner.execute(f"TRUNCATE {TABLES} CASCADE")
        for table in TABLES.split(", "):
            owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        owner.execute("TRUNCATE journal_anchored")
        owner.execute(f"VACUUM ANALYZE {TABLES}")
    shutil.rmtree(settings.NIANGJIA_ANCHORS, ignore_errors=True)


if __name__ == "__main__":
    call_command("migrate", database="owner", verbosity=0)
    scale, repetitions, shape = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    show(measure(os.environ["NIANGJIA_OWNER_URL"], rows=scale * 10, repeat=repetitions), as_json=shape == "json")
