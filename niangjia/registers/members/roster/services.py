"""A roster received, tried, landed, and taken back; killed at any point it is taken up again where it stopped."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import check
from niangjia.kernel.chinese import Reason
from niangjia.kernel.intake.models import Import, RememberedColumn, State
from niangjia.kernel.intake.sheets import MissingColumns, Refusal, Roster, RowSorter, Source, find_roster, open_source
from niangjia.kernel.intake.uploads import Upload, file_digest, opened_upload
from niangjia.kernel.journal import services as journal
from niangjia.registers.members.roster.applying import Landing, Raced, land
from niangjia.registers.members.roster.checking import RowChecker, UnionFinder
from niangjia.registers.members.roster.columns import FIELDS
from niangjia.registers.members.roster.deciding import Counts, decide, explain
from niangjia.registers.members.roster.sentences import SENTENCES, UNION_SENTENCES
from niangjia.registers.members.roster.staging import Loader, Staging, judge_whole_file
from niangjia.registers.members.rules.moves import IMPORT_ROSTER
from niangjia.registers.members.telling import tell_of_import
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.queries import names_below, unions_by_references
from niangjia.registers.orgs.rules.likeness import name_alike

KIND = "members"
CHUNK_ROWS = 10_000
SMALLEST_CHUNK = 500
CHUNK_SECONDS = 1.0
READ_ROWS = 5_000
NAMES_COMPARED = 5_000
RUN_LOCK = 0x726F_7374  # with the import's id: who holds it is running the import
CITY_LOCK = 0x6C61_6E64  # with the city: one roster chunk lands at a time
UNFINISHED = (State.READING, State.RUNNING)


class Busy(Exception):
    """Another process is running this import at this moment."""


@dataclass(frozen=True)
class RosterFile:
    """The file of a roster (花名册文件): where to read it, and what it is."""

    name: str
    size_bytes: int
    sha256: bytes
    path: Path | None = None
    stored_as: str = ""

    @classmethod
    def in_place(cls, path: Path) -> "RosterFile":
        """A file that the operator names on the command line."""
        return cls(path.name, path.stat().st_size, file_digest(path), path=path)

    @classmethod
    def uploaded(cls, name: str, upload: Upload) -> "RosterFile":
        """A file that came through the browser and rests sealed."""
        return cls(name, upload.size_bytes, upload.sha256, stored_as=upload.stored_as)

    @contextmanager
    def opened(self) -> Iterator[Path]:
        """The file in clear, while somebody reads it."""
        if self.path is not None:
            yield self.path
            return
        with opened_upload(self.stored_as) as path:
            yield path


def receive(
    file: RosterFile, *, unit: Union, by: Actor, mapping: Mapping[str, str] | None = None, sheet: str = ""
) -> Import:
    """Take a roster in for a union; an interrupted run of the same file is found again instead."""
    check(by, IMPORT_ROSTER, unit.place.path)
    key = _resume_key(file, unit=unit, by=by, mapping=mapping or {}, sheet=sheet)
    earlier = Import.objects.filter(resume_key=key, state__in=UNFINISHED).order_by("-id").first()
    if earlier is not None and not _is_running(earlier.pk):
        return earlier
    return Import.objects.create(
        city=unit.city,
        kind=KIND,
        place=unit.place,
        account_id=by.account_id,
        author=by.words,
        file_name=file.name,
        file_bytes=file.size_bytes,
        file_sha256=file.sha256,
        stored_as=file.stored_as,
        sheet=sheet,
        mapping=dict(mapping or {}),
        resume_key=key,
    )


def _resume_key(file: RosterFile, *, unit: Union, by: Actor, mapping: Mapping[str, str], sheet: str) -> bytes:
    whole = [KIND, file.sha256.hex(), unit.pk, by.account_id, sorted(mapping.items()), sheet]
    return hashlib.sha256(json.dumps(whole, ensure_ascii=False).encode()).digest()


def look_at(batch: Import, source: Source) -> Roster | MissingColumns:
    """Find the sheet and the header, with what this union's headers meant last time."""
    remembered = dict(
        RememberedColumn.objects.filter(kind=KIND, place_id=batch.target.pk).values_list("header", "field")
    )
    return find_roster(source, FIELDS, remembered=remembered, given=batch.mapping, sheet=batch.sheet or None)


def try_out(batch: Import, file: RosterFile) -> Import:
    """Judge every row and change nothing in the register (试运行)."""
    with held_alone(batch):
        _start(batch, State.TRYING)
        if _stage(batch, file):
            Import.objects.filter(pk=batch.pk).update(begun_at=clock.now())
            _go_through(batch, landing=False)
            _close(batch, State.TRIED)
    return batch


def run(batch: Import, file: RosterFile) -> Import:
    """Land the roster in the register, chunk by chunk; called again after a kill, it goes on from the last chunk."""
    with held_alone(batch):
        if batch.state != State.RUNNING:
            _start(batch, State.READING)
        if _stage(batch, file):
            Import.objects.filter(pk=batch.pk).update(state=State.RUNNING, begun_at=clock.now())
            _go_through(batch, landing=True)
            _close(batch, State.DONE)
            Staging(batch.pk).drop()
    return batch


@contextmanager
def held_alone(batch: Import) -> Iterator[None]:
    """One process at a time runs an import; `Busy` for every other."""
    if not execute_one("SELECT pg_try_advisory_lock(%s, %s)", RUN_LOCK, batch.pk):
        raise Busy
    try:
        batch.refresh_from_db()
        yield
    finally:
        execute_one("SELECT pg_advisory_unlock(%s, %s)", RUN_LOCK, batch.pk)


def _is_running(import_id: int) -> bool:
    """Whether some process holds the import at this moment."""
    if not execute_one("SELECT pg_try_advisory_lock(%s, %s)", RUN_LOCK, import_id):
        return True
    execute_one("SELECT pg_advisory_unlock(%s, %s)", RUN_LOCK, import_id)
    return False


def execute_one(statement: str, *parameters: Any) -> Any:
    """The first value of the first row."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchone()[0]


@transaction.atomic
def _start(batch: Import, state: State) -> None:
    """Begin from the first row: nothing decided before counts any more."""
    batch.remarks.all().delete()
    zero = dict.fromkeys(
        ("rows_in", "created", "updated", "unchanged", "rejected", "conflicts", "warnings", "cursor"), 0
    )
    Import.objects.filter(pk=batch.pk).update(state=state, refusal={}, finished_at=None, **zero)
    batch.refresh_from_db()


def _stage(batch: Import, file: RosterFile) -> bool:
    """Have the rows staged; False where the file is refused. What a crash of the server emptied is read again."""
    staging = Staging(batch.pk)
    if batch.rows_expected and staging.holds() == batch.rows_expected:
        return True
    try:
        with file.opened() as path:
            source = open_source(path, filename=file.name)
            roster = look_at(batch, source)
            if isinstance(roster, MissingColumns):
                raise roster
            _read(batch, staging, source, roster)
    except Refusal as refusal:
        staging.drop()
        _refuse(batch, refusal)
        return False
    return True


def _read(batch: Import, staging: Staging, source: Source, roster: Roster) -> None:
    header, number = roster.header, 0
    checker = RowChecker(
        header.index,
        on=_day_of(batch),
        unit_id=batch.target.pk,
        find_union=_union_finder(batch.target.path),
        epoch_1904=source.epoch_1904,
    )
    sorter = RowSorter(header)
    staging.create()
    loader = Loader(staging, checker)
    for rows in source.batches(roster.sheet, READ_ROWS):
        number += loader.load([row for row in rows if sorter.left_out(*row) is None])
    judge_whole_file(staging, SENTENCES, hidden=source.hidden_rows(roster.sheet))
    with transaction.atomic():
        Import.objects.filter(pk=batch.pk).update(
            rows_expected=number,
            sheet=roster.sheet,
            mapping={column.written: column.field for column in header.columns if column.field},
            file_warnings=list(source.warnings),
            hidden_rows=sorted(source.hidden_rows(roster.sheet))[:1_000],
            hidden_sheets=[sheet.name for sheet in source.sheets if sheet.hidden],
        )
        _remember(batch, roster)
    batch.refresh_from_db()


def _remember(batch: Import, roster: Roster) -> None:
    """What somebody said a header means is known the next time."""
    said = [column for column in roster.header.columns if column.how == "given"]
    RememberedColumn.objects.bulk_create(
        [
            RememberedColumn(kind=KIND, place_id=batch.target.pk, header=column.written, field=column.field or "")
            for column in said
        ],
        update_conflicts=True,
        unique_fields=["kind", "place", "header"],
        update_fields=["field"],
    )


def _union_finder(unit_path: str) -> UnionFinder:
    names: list[str] = []

    def find(reference: str) -> int | Reason:
        found = unions_by_references({reference}, unit_path)[reference]
        if isinstance(found, int):
            return found
        written = reference[:64]
        if found == "union_unknown":
            names.extend([] if names else names_below(unit_path, most=NAMES_COMPARED))
            alike = name_alike(written, names)
            if alike is not None:
                return Reason(found, UNION_SENTENCES["union_alike"], {"written": written, "alike": alike})
        return Reason(found, UNION_SENTENCES[found], {"written": written})

    return find


def _day_of(batch: Import) -> date:
    """The day the import began where the people are: the same day when it is taken up again."""
    return batch.created_at.astimezone(clock.PEOPLE_ZONE).date()


@transaction.atomic
def _refuse(batch: Import, refusal: Refusal) -> None:
    facts = {name: str(value) for name, value in refusal.facts.items()}
    batch.state = State.REFUSED
    batch.refusal = {"code": refusal.code, "sentence": refusal.template, "values": facts}
    batch.finished_at = clock.now()
    batch.save(update_fields=["state", "refusal", "finished_at"])
    tell_of_import(batch)


def _go_through(batch: Import, *, landing: bool) -> None:
    """Decide chunk after chunk, and land each where asked; a chunk that took too long makes the next ones smaller."""
    rows, last = CHUNK_ROWS, -1
    while last < batch.rows_expected:
        began = monotonic()
        try:
            last = _chunk(batch, rows=rows, landing=landing)
        except Raced:
            continue
        if monotonic() - began > CHUNK_SECONDS:
            rows = max(SMALLEST_CHUNK, rows // 2)


@transaction.atomic
def _chunk(batch: Import, *, rows: int, landing: bool) -> int:
    """One chunk, one transaction: decided, landed, explained, counted and journalled together, or not at all."""
    held = Import.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    after, upto = held.cursor, min(held.cursor + rows, held.rows_expected)
    staging = Staging(batch.pk)
    if landing:
        execute_one("SELECT pg_advisory_xact_lock(%s, %s)", CITY_LOCK, int(batch.city))
    counts = decide(staging, unit_path=batch.target.path, after=after, upto=upto)
    headers = {field: written for written, field in batch.mapping.items() if field}
    parameters = {
        "batch": batch.pk,
        "sheet": batch.sheet,
        "headers": json.dumps(headers),
        "after": after,
        "upto": upto,
        **SENTENCES,
    }
    warnings = explain(staging, parameters)
    if landing:
        land(staging, counts, Landing(batch.pk, batch.city, _day_of(batch), clock.now(), batch.account_id, after, upto))
        _journal(batch, counts, after=after, upto=upto)
    _count(batch, counts, warnings=warnings, cursor=upto)
    return upto


def _count(batch: Import, counts: Counts, *, warnings: int, cursor: int) -> None:
    Import.objects.filter(pk=batch.pk).update(
        cursor=cursor,
        rows_in=F("rows_in") + counts.rows,
        created=F("created") + counts.created,
        updated=F("updated") + counts.updated,
        unchanged=F("unchanged") + counts.unchanged,
        rejected=F("rejected") + counts.rejected,
        conflicts=F("conflicts") + counts.conflicts,
        warnings=F("warnings") + warnings,
    )


@dataclass(frozen=True)
class Importer:
    """Whoever started the import, as the journal names them."""

    account_id: int | None
    words: str


def _journal(batch: Import, counts: Counts, *, after: int, upto: int) -> None:
    if counts.created + counts.updated + counts.conflicts == 0:
        return
    journal.record(
        "import_members",
        by=Importer(batch.account_id, batch.author),
        thing="intake.import",
        thing_id=batch.pk,
        place=(batch.city, batch.target.pk),
        detail={
            "rows": [after + 1, upto],
            "created": counts.created,
            "updated": counts.updated,
            "conflicts": counts.conflicts,
        },
    )


@transaction.atomic
def _close(batch: Import, state: State) -> None:
    Import.objects.filter(pk=batch.pk).update(state=state, finished_at=clock.now())
    batch.refresh_from_db()
    if state == State.DONE:
        tell_of_import(batch)
