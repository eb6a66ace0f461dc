"""Values under older keys are sealed again under the active one, in small batches that nobody waits for.

What a value says does not change: revisions do not count on, history notes nothing, and an import can still be taken back.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import pgtrigger
from django.db import connection, transaction

from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.rotation.statements import BATCH, UPDATE, Statements, label_of
from niangjia.kernel.sealed import Tampered, keyring, seal, unseal
from niangjia.kernel.sealed.columns import SealedColumn, sealed_columns, sealed_files

ROWS = 500
logger = logging.getLogger(__name__)


@dataclass
class Tally:
    """How far it went: values sealed anew, values that do not open, and whether the end was reached in time."""

    rewrapped: int = 0
    files: int = 0
    unreadable: set[tuple[str, object]] = field(default_factory=set)
    is_whole: bool = True


@beyond(Purpose.REKEYING)
def rewrap_all(*, within_s: float) -> Tally:
    """Seal again what is under older keys, as far as it goes in the time given; it is taken up where it stopped."""
    until, tally = monotonic() + within_s, Tally()
    for column in sealed_columns():
        # values that somebody held, or wrote back as they were before, are found on the next round
        while _rewrap_column(column, until, tally):
            pass
    _rewrap_files(until, tally)
    tally.is_whole = monotonic() < until
    return tally


def _rewrap_column(column: SealedColumn, until: float, tally: Tally) -> bool:
    """One walk over a column; whether anything was sealed anew."""
    statements, after, before = Statements(column), None, tally.rewrapped
    while monotonic() < until:
        last = _rewrap_batch(statements, after, tally)
        if last is None:
            break
        after = last
    return tally.rewrapped > before and monotonic() < until


@transaction.atomic
def _rewrap_batch(statements: Statements, after: Any, tally: Tally) -> Any:
    """The next rows; the last one's key, None where there are no more."""
    column, active = statements.column, keyring().active.to_bytes(2)
    with connection.cursor() as cursor:
        cursor.execute(statements.text(BATCH), {"after": after, "active": active, "most": ROWS})
        rows = cursor.fetchall()
    if not rows:
        return None
    fresh = list(_sealed_anew(column, rows, tally))
    if fresh:
        pks, sealed = (list(part) for part in zip(*fresh, strict=True))
        with unnoticed(column.model), connection.cursor() as cursor:
            cursor.execute(statements.text(UPDATE), [pks, sealed])
    tally.rewrapped += len(fresh)
    return rows[-1][0]


def _sealed_anew(
    column: SealedColumn, rows: list[tuple[Any, object, bytes]], tally: Tally
) -> Iterator[tuple[Any, bytes]]:
    for pk, row, sealed in rows:
        aad = column.aad_of(row)
        try:
            yield pk, seal(unseal(sealed, aad=aad), aad=aad)
        except Tampered:
            if (column.name, pk) not in tally.unreadable:
                tally.unreadable.add((column.name, pk))
                logger.warning("%s of row %s does not open: it stays as it is", column.name, pk)


@contextmanager
def unnoticed(label: str) -> Iterator[None]:
    """The triggers of one model stay still: what they count and note is change of content, and there is none."""
    triggers = [f"{label}:{trigger.name}" for model, trigger in pgtrigger.registered() if label_of(model) == label]
    if not triggers:
        yield
        return
    with pgtrigger.ignore(*triggers):
        yield


def _rewrap_files(until: float, tally: Tally) -> None:
    active = keyring().active
    for files in sealed_files():
        for name in [name for name, number in files.by_key() if number != active]:
            if monotonic() > until:
                return
            try:
                files.rewrap(name)
            except Tampered:
                logger.warning("a file of %s does not open: it stays as it is", files.name)
                continue
            tally.files += 1
