"""What the parser does not tell of an old workbook (.xls): hidden rows, the calendar of 1904, a password.

Runs in the child. The workbook is a stream of records: two bytes of kind, two of length. Only their heads are looked at.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import olefile

from niangjia.kernel.intake.sheets import refusal
from niangjia.kernel.intake.sheets.refusal import Refusal

_HEAD = struct.Struct("<HH")
_BEGIN, _PASSWORD, _CALENDAR, _SHEET, _ROW = 0x0809, 0x002F, 0x0022, 0x0085, 0x0208
_HIDDEN = 0x20
_PROJECTS = ("_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA")


@dataclass(slots=True)
class OldWorkbook:
    """Hidden rows by the place of the sheet in the workbook, counted from 1; the calendar; macros (宏)."""

    epoch_1904: bool = False
    macros: bool = False
    hidden: dict[int, list[int]] = field(default_factory=dict)


def look_at_old_workbook(path: Path) -> OldWorkbook:
    """Walk through the records once; a workbook under a password is refused."""
    with olefile.OleFileIO(str(path)) as box:
        names = [entry[0] for entry in box.listdir(streams=True, storages=True)]
        stream = next((name for name in ("Workbook", "Book") if box.exists(name)), "")
        if not stream:
            raise Refusal("damaged", refusal.DAMAGED_FILE)
        records = box.openstream(stream).read()
    found = OldWorkbook(macros=any(name in names for name in _PROJECTS))
    sheets: dict[int, int] = {}
    rows: list[int] = []
    for kind, at, length in _records(records):
        if kind == _PASSWORD:
            raise Refusal("encrypted", refusal.ENCRYPTED_FILE)
        if kind == _CALENDAR and length >= 2:
            found.epoch_1904 = records[at] == 1
        elif kind == _SHEET and length >= 4:
            sheets[struct.unpack_from("<I", records, at)[0]] = len(sheets)
        elif kind == _BEGIN:
            rows = found.hidden.setdefault(sheets.get(at - _HEAD.size, -1), [])
        elif kind == _ROW and length >= 16 and records[at + 12] & _HIDDEN:
            rows.append(struct.unpack_from("<H", records, at)[0] + 1)
    return found


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    at = 0
    while at + _HEAD.size <= len(stream):
        kind, length = _HEAD.unpack_from(stream, at)
        at += _HEAD.size
        yield kind, at, min(length, len(stream) - at)
        at += length
