"""The limited child that parses workbooks: at most 512 MiB and 20 s of processor time.

Started by `workbook_source` as `python -m niangjia.kernel.intake.sheets.child`. It reads one request
from stdin and answers in frames on stdout: four bytes of length, then marshal of plain values only.
"""

from __future__ import annotations

import marshal
import resource
import struct
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from niangjia.kernel.intake.sheets import refusal
from niangjia.kernel.intake.sheets.columns import MAX_COLUMNS, column_letters
from niangjia.kernel.intake.sheets.formats import Format
from niangjia.kernel.intake.sheets.refusal import Refusal
from niangjia.kernel.intake.sheets.workbook_guard import MAX_ROWS, WorkbookBox, outline_of
from niangjia.kernel.intake.sheets.workbook_pieces import Piece, SheetCutter

ADDRESS_SPACE_BYTES = 512 * 1024 * 1024
PROCESSOR_SECONDS = 20
MARSHAL_VERSION = 2
_LENGTH = struct.Struct(">I")
_EXACT_INTEGER = 2**53


def limit_resources() -> None:
    """Put this process under its limits; where a system refuses one (macOS), the others still hold."""
    for kind, limit in (
        (resource.RLIMIT_AS, ADDRESS_SPACE_BYTES),
        (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (limit, limit))


def send(out: BinaryIO, frame: tuple[Any, ...]) -> None:
    """Write one frame."""
    body = marshal.dumps(frame, MARSHAL_VERSION)
    out.write(_LENGTH.pack(len(body)))
    out.write(body)


def answer(request: dict[str, Any], out: BinaryIO) -> None:
    """Do what the parent asks: "outline" names the sheets, "rows" streams one of them."""
    path = Path(request["path"])
    old = request["format"] == Format.XLS.value
    if request["task"] == "outline":
        send(out, _outline_of_xls(path) if old else _outline_of_xlsx(path))
        return
    frames = _rows_of_xls(path, request) if old else _rows_of_xlsx(path, request)
    for frame in frames:
        send(out, frame)
        out.flush()


def _outline_of_xlsx(path: Path) -> tuple[object, ...]:
    outline = outline_of(WorkbookBox(path))
    sheets = [(sheet.name, sheet.hidden, sheet.rows, sheet.columns) for sheet in outline.sheets]
    return ("outline", sheets, outline.epoch_1904, ["macros_left_out"] if outline.macros else [])


def _outline_of_xls(path: Path) -> tuple[object, ...]:
    book = CalamineWorkbook.from_path(path)
    sheets = [(sheet.name, sheet.visible != SheetVisibleEnum.Visible, 0, 0) for sheet in book.sheets_metadata]
    return ("outline", sheets, False, ["cached_values"])


def _rows_of_xlsx(path: Path, request: dict[str, Any]) -> Iterator[tuple[object, ...]]:
    box = WorkbookBox(path)
    outline = outline_of(box)
    part = outline.sheets[request["sheet"]].part
    pieces = SheetCutter(box, part, epoch_1904=outline.epoch_1904).pieces()
    # `map` lets go of a piece before the next one is cut.
    yield from chain.from_iterable(map(partial(_rows_of_piece, size=request["size"]), pieces))


def _rows_of_piece(piece: Piece, size: int) -> Iterator[tuple[object, ...]]:
    if piece.hidden:
        yield ("hidden", piece.hidden)
    sheet = CalamineWorkbook.from_filelike(piece.workbook).get_sheet_by_index(0)
    start = sheet.start
    if start is None:
        return
    rows = sheet.to_python(skip_empty_area=True)
    yield from _framed(rows, at=(start[0] + 1, start[1]), formulas=piece.formulas, size=size)


def _rows_of_xls(path: Path, request: dict[str, Any]) -> Iterator[tuple[object, ...]]:
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(request["sheet"])
    if sheet.start is None:
        return
    if sheet.start[0] + sheet.height > MAX_ROWS:
        raise Refusal("too_many_rows", refusal.TOO_MANY_ROWS, limit=MAX_ROWS, row=sheet.start[0] + sheet.height)
    at = (sheet.start[0] + 1, sheet.start[1])
    yield from _framed(sheet.to_python(skip_empty_area=True), at=at, formulas={}, size=request["size"])


def _framed(
    rows: list[list[Any]], *, at: tuple[int, int], formulas: dict[int, list[int]], size: int
) -> Iterator[tuple[object, ...]]:
    """Frames of ("rows", number of the first row, rows, special cells)."""
    first, left = at
    if rows and left + len(rows[0]) > MAX_COLUMNS:
        column = column_letters(left + len(rows[0]))
        raise Refusal("too_many_columns", refusal.TOO_MANY_COLUMNS, column=column)
    for begin in range(0, len(rows), size):
        batch = rows[begin : begin + size]
        if left:
            batch = [[""] * left + row for row in batch]
        number = first + begin
        specials = _plain(batch)
        if formulas:
            specials += _mark_formulas(batch, number, formulas)
        yield ("rows", number, batch, specials)


def _plain(batch: list[list[Any]]) -> list[tuple[object, ...]]:
    """Turn whole floats into integers and take out days, which marshal cannot carry."""
    specials: list[tuple[object, ...]] = []
    for index, row in enumerate(batch):
        for column, cell in enumerate(row):
            kind = type(cell)
            if kind is str:
                continue
            if kind is float:
                if cell.is_integer() and -_EXACT_INTEGER < cell < _EXACT_INTEGER:
                    row[column] = int(cell)
            elif kind is not bool and kind is not int:
                row[column], special = _day(cell)
                if special:
                    specials.append((index, column, *special))
    return specials


def _day(cell: object) -> tuple[str, tuple[object, ...]]:
    if isinstance(cell, datetime):
        parts = (cell.year, cell.month, cell.day, cell.hour, cell.minute, cell.second)
        return "", ("t", *parts)
    if isinstance(cell, date):
        return "", ("d", cell.year, cell.month, cell.day)
    if isinstance(cell, time | timedelta):
        return str(cell), ()
    return "" if cell is None else str(cell), ()


def _mark_formulas(batch: list[list[Any]], first: int, formulas: dict[int, list[int]]) -> list[tuple[object, ...]]:
    """Name the cells that hold formulas; they come after the days, so a cached day is wrapped too."""
    marks: list[tuple[object, ...]] = []
    for index in range(len(batch)):
        for column in formulas.get(first + index, ()):
            row = batch[index]
            row.extend([""] * (column + 1 - len(row)))
            marks.append((index, column, "f"))
    return marks


def main() -> int:
    """Read one request, answer it, and say at the end that the answer is whole."""
    limit_resources()
    out = sys.stdout.buffer
    request = marshal.loads(sys.stdin.buffer.read())  # noqa: S302 - from our own parent
    try:
        answer(request, out)
        send(out, ("end",))
    except Refusal as refused:
        send(out, ("refused", refused.code, refused.template, dict(refused.facts)))
    except (CalamineError, OSError, ValueError, IndexError):
        send(out, ("refused", "damaged", refusal.DAMAGED_FILE, {}))
    except MemoryError:
        send(out, ("refused", "too_large", refusal.TOO_LARGE, {}))
    out.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
