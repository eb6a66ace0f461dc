"""The faults workbook of a long roster (错误清单): made in the background, as whoever asked, sealed, fetched when it is there."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import BinaryIO

from django.db import connection, transaction
from django.utils import translation
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from niangjia.kernel import clock
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor, why_not
from niangjia.kernel.access.services import check
from niangjia.kernel.files.sealed_files import forget_file, held_folder, keep_file, opened_file
from niangjia.kernel.intake.models import FaultsState, Import
from niangjia.kernel.intake.sheets import Refusal
from niangjia.registers.members.roster.asking import QUEUE
from niangjia.registers.members.roster.faults_file import record_taken, write_workbook
from niangjia.registers.members.rules.moves import IMPORT_ROSTER

MAKE, LOCK = "roster.make_faults", 0x66617574
# 本系统默认值: so many rows are read while somebody waits; longer files take longer than a page may.
MOST_WHILE_WAITING = 60_000
MOST_FAILURES = 3
MOST_BYTES = 512 * 1024 * 1024
READ_BYTES = 1024 * 1024


def is_long(batch: Import) -> bool:
    """Whether its workbook is made in the background."""
    return batch.rows_in > MOST_WHILE_WAITING


def is_ready(batch: Import) -> bool:
    """Whether the workbook is there, and is that of the rows as they were judged last."""
    return batch.faults_state == FaultsState.READY and batch.faults_made_of == made_of(batch)


def is_making(batch: Import) -> bool:
    """Whether it is under way for the rows as they were judged last."""
    return batch.faults_state == FaultsState.MAKING and batch.faults_made_of == made_of(batch)


def made_of(batch: Import) -> str:
    """What the workbook depends on, in short: another trial makes another one."""
    text = f"{batch.state} {batch.sheet} {sorted(batch.mapping.items())} {batch.rows_in} {batch.rejected}"
    return sha256(text.encode()).hexdigest()[:32]


@transaction.atomic
def ask(batch: Import, *, by: Actor) -> Import:
    """Have the workbook made (做错误清单); asked twice, it is made once."""
    held = Import.objects.select_for_update(of=("self",)).select_related("place").get(pk=batch.pk)
    check(by, IMPORT_ROSTER, held.place.path if held.place else "")
    if is_ready(held) or is_making(held):
        return held
    if held.faults_stored_as:
        name = held.faults_stored_as
        transaction.on_commit(lambda: forget_file(name))
    held.faults_state, held.faults_made_of, held.faults_rows = FaultsState.MAKING, made_of(held), 0
    held.faults_stored_as, held.faults_by_id = "", by.account_id
    held.save(update_fields=["faults_state", "faults_made_of", "faults_rows", "faults_stored_as", "faults_by"])
    _defer(held)
    return held


def make(batch: Import) -> None:
    """Make it, as whoever asked and in her language; where another process is at it, nothing."""
    with _alone(batch.pk) as is_ours:
        if not is_ours:
            return
        by, place = batch.faults_by, batch.place
        may = by and place and why_not(actor_of(by, on=clock.today()), IMPORT_ROSTER, place.path) is None
        if by is None or not may or not batch.stored_as or not is_making(batch):
            _end(batch, FaultsState.FAILED)
            return
        with translation.override(by.language), held_folder() as folder:
            path = folder / "faults.xlsx"
            try:
                write_workbook(batch, path, told=lambda rows: _tell(batch, rows))
            except Refusal:
                _end(batch, FaultsState.FAILED)
                return
            with path.open("rb") as file:
                kept = keep_file(iter(lambda: file.read(READ_BYTES), b""), max_bytes=MOST_BYTES)
        if not _end(batch, FaultsState.READY, stored_as=kept.stored_as):
            forget_file(kept.stored_as)


@transaction.atomic
def fetch(batch: Import, *, by: Actor) -> BinaryIO:
    """The workbook as an open file without a name on the disk."""
    check(by, IMPORT_ROSTER, batch.place.path if batch.place else "")
    with opened_file(batch.faults_stored_as) as path:
        file = path.open("rb")
    record_taken(batch, batch.rejected, by=by)
    return file


def take_up_again() -> int:
    """What a killed worker left is made anew; what fails again and again is said to have failed."""
    taken = 0
    for batch in Import.objects.filter(faults_state=FaultsState.MAKING).order_by("pk"):
        jobs = ProcrastinateJob.objects.filter(task_name=MAKE, args__import_id=batch.pk)
        if jobs.filter(status="failed").count() >= MOST_FAILURES:
            _end(batch, FaultsState.FAILED)
        elif not jobs.filter(status="todo").exists():
            _defer(batch)
            taken += 1
    return taken


def _defer(batch: Import) -> None:
    app.configure_task(MAKE, queue=QUEUE).defer(import_id=batch.pk)


def _tell(batch: Import, rows: int) -> None:
    Import.objects.filter(pk=batch.pk).update(faults_rows=rows)


def _end(batch: Import, state: FaultsState, *, stored_as: str = "") -> bool:
    """It is over, if it is still the one that was asked for."""
    held = Import.objects.filter(pk=batch.pk, faults_state=FaultsState.MAKING, faults_made_of=batch.faults_made_of)
    if state == FaultsState.READY:
        # Another trial, or the end of the original, makes it nobody's.
        held = held.filter(state=batch.state, rejected=batch.rejected).exclude(stored_as="")
    return bool(held.update(faults_state=state, faults_stored_as=stored_as))


@contextmanager
def _alone(import_id: int) -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK, import_id])
        is_ours = bool(cursor.fetchone()[0])
    try:
        yield is_ours
    finally:
        if is_ours:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK, import_id])
