"""The faults workbook (错误清单): the refused rows as the file has them, with what to mend, fit to be imported again."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import chain, groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import check
from niangjia.kernel.intake.models import Import, Outcome, Remark
from niangjia.kernel.intake.sheets import (
    FaultWords,
    FaultyRow,
    Header,
    MissingColumns,
    Source,
    open_source,
    write_faults,
)
from niangjia.kernel.journal import services as journal
from niangjia.registers.members.roster.looking import file_of
from niangjia.registers.members.roster.reports import reason_of
from niangjia.registers.members.roster.services import look_at
from niangjia.registers.members.rules.moves import IMPORT_ROSTER

READ_ROWS = 5_000
TOLD_EACH = 1_000


@transaction.atomic
def export_faults(batch: Import, *, by: Actor) -> BinaryIO:
    """The workbook as an open file without a name on the disk; reading the original may raise `Refusal`."""
    check(by, IMPORT_ROSTER, batch.place.path if batch.place else "")
    with _private_folder() as folder:
        path = folder / "faults.xlsx"
        written = write_workbook(batch, path, told=_nobody)
        file = path.open("rb")
    record_taken(batch, written, by=by)
    return file


def write_workbook(batch: Import, path: Path, *, told: Callable[[int], None]) -> int:
    """Write the refused rows to a file of one's own; `told` hears now and then how many there are. Answers how many."""
    with file_of(batch).opened() as original:
        source = open_source(original, filename=batch.file_name)
        roster = look_at(batch, source)
        if isinstance(roster, MissingColumns):
            raise roster
        rows = _counted(_faulty_rows(batch, source, roster.header), told)
        return write_faults(path, header=roster.header, rows=rows, words=_words())


def record_taken(batch: Import, rows: int, *, by: Actor) -> None:
    """Whoever takes the refused rows out is written down."""
    journal.record(
        "export_faults",
        by=by,
        thing="intake.import",
        thing_id=batch.pk,
        place=(batch.city, batch.place_id) if batch.place_id else None,
        detail={"rows": rows},
    )


def _nobody(_rows: int) -> None:
    """The workbook is made while somebody waits."""


def _counted(rows: Iterator[FaultyRow], told: Callable[[int], None]) -> Iterator[FaultyRow]:
    for number, row in enumerate(rows, start=1):
        if number % TOLD_EACH == 0:
            told(number)
        yield row


def _faulty_rows(batch: Import, source: Source, header: Header) -> Iterator[FaultyRow]:
    """The refused rows in the order of the file; both sides come in that order, so that neither is held in memory."""
    places = {column.written: column.index for column in reversed(header.columns)}
    faults = batch.remarks.filter(outcome=Outcome.FAULT).order_by("seq", "id").iterator(READ_ROWS)
    waiting = ((row, list(remarks)) for row, remarks in groupby(faults, key=lambda remark: remark.row))
    wanted = next(waiting, None)
    if wanted is None:
        return
    with closing(source.batches(batch.sheet, READ_ROWS)) as batches:
        for number, cells in chain.from_iterable(batches):
            if number == wanted[0]:
                yield FaultyRow(number, batch.sheet, cells, [_fault(remark, places) for remark in wanted[1]])
                wanted = next(waiting, None)
                if wanted is None:
                    return


def _fault(remark: Remark, places: dict[str, int]) -> tuple[int | None, str]:
    return places.get(remark.column), reason_of(remark)


def _words() -> FaultWords:
    """The workbook's own words in the reader's language."""
    usual = FaultWords()
    return replace(
        usual,
        sheet=gettext(usual.sheet),
        notes=gettext(usual.notes),
        sentences=tuple(gettext(sentence) for sentence in usual.sentences),
        cut=gettext(usual.cut),
    )


@contextmanager
def _private_folder() -> Iterator[Path]:
    """A folder only this program reads; what was opened in it can be read on after it is gone."""
    parent = Path(settings.NIANGJIA_DATA) / "reading"
    parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with TemporaryDirectory(dir=parent) as private:
        yield Path(private)
