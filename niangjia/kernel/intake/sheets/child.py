"""The limited child that parses workbooks; started by `workbook_source` under the walls of `kernel.files.limits`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from niangjia.kernel.files.limits import limit_resources, read_request, send
from niangjia.kernel.intake.sheets import refusal
from niangjia.kernel.intake.sheets.columns import MAX_COLUMNS, column_letters
from niangjia.kernel.intake.sheets.formats import Format, format_in_box
from niangjia.kernel.intake.sheets.old_workbook import look_at_old_workbook
from niangjia.kernel.intake.sheets.opendocument import OdsRow, outline_of_document, rows_of_document
from niangjia.kernel.intake.sheets.refusal import Refusal
from niangjia.kernel.intake.sheets.workbook_guard import MAX_ROWS, WorkbookBox, outline_of
from niangjia.kernel.intake.sheets.workbook_pieces import Piece, SheetCutter

_EXACT_INTEGER = 2**53
_BLANK_ROWS_IN_A_FRAME = 20


def answer(request: dict[str, Any], out: BinaryIO) -> None:
    """Do what the parent asks: "outline" names the sheets, "rows" streams one of them."""
    path = Path(request["path"])
    if request["task"] == "outline":
        send(out, _outline_of_xls(path) if request["format"] == Format.XLS.value else _outline_of_box(path))
        return
    for frame in _ROWS[request["format"]](path, request):
        send(out, frame)
        out.flush()


def _outline_of_box(path: Path) -> tuple[object, ...]:
    """A container is looked into here and not in the parent: its list of parts may be a bomb itself."""
    box = WorkbookBox(path)
    if format_in_box(box) is Format.ODS:
        document = outline_of_document(box)
        sheets = [(sheet.name, sheet.hidden, 0, 0) for sheet in document.sheets]
        return (Format.ODS.value, sheets, document.epoch_1904, _macros(found=document.macros))
    outline = outline_of(box)
    sheets = [(sheet.name, sheet.hidden, sheet.rows, sheet.columns) for sheet in outline.sheets]
    return (Format.XLSX.value, sheets, outline.epoch_1904, _macros(found=outline.macros))


def _macros(*, found: bool) -> list[str]:
    return ["macros_left_out"] if found else []


def _outline_of_xls(path: Path) -> tuple[object, ...]:
    looked = look_at_old_workbook(path)
    book = CalamineWorkbook.from_path(path)
    sheets = [(sheet.name, sheet.visible != SheetVisibleEnum.Visible, 0, 0) for sheet in book.sheets_metadata]
    return (Format.XLS.value, sheets, looked.epoch_1904, ["cached_values", *_macros(found=looked.macros)])


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
    if hidden := look_at_old_workbook(path).hidden.get(request["sheet"]):
        yield ("hidden", hidden)
    at = (sheet.start[0] + 1, sheet.start[1])
    yield from _framed(sheet.to_python(skip_empty_area=True), at=at, formulas={}, size=request["size"])


def _rows_of_ods(path: Path, request: dict[str, Any]) -> Iterator[tuple[object, ...]]:
    """Frames of neighbouring rows: few blank rows are filled in, many begin a new frame."""
    frame = _OdsFrame(1)
    for row in rows_of_document(WorkbookBox(path), request["sheet"]):
        if row.hidden:
            yield ("hidden", list(range(row.number, row.number + row.times)))
        for number in range(row.number, row.number + row.times):
            if len(frame.rows) >= request["size"] or number - frame.following > _BLANK_ROWS_IN_A_FRAME:
                yield from frame.whole()
                frame = _OdsFrame(number)
            frame.take(number, row)
    yield from frame.whole()


class _OdsFrame:
    """Neighbouring rows of a document, as they go to the parent."""

    def __init__(self, first: int) -> None:
        self.first = first
        self.rows: list[list[Any]] = []
        self._formulas: dict[int, list[int]] = {}

    @property
    def following(self) -> int:
        """The number of the row that would come next."""
        return self.first + len(self.rows)

    def take(self, number: int, row: OdsRow) -> None:
        """Add a row under its number."""
        self.rows += [[] for _blank in range(self.following, number)]
        self.rows.append(list(row.cells))
        if row.formulas:
            self._formulas[number] = row.formulas

    def whole(self) -> Iterator[tuple[object, ...]]:
        """The frame, unless it is empty."""
        if self.rows:
            specials = _plain(self.rows)
            yield ("rows", self.first, self.rows, specials + _mark_formulas(self.rows, self.first, self._formulas))


_ROWS = {Format.XLS.value: _rows_of_xls, Format.XLSX.value: _rows_of_xlsx, Format.ODS.value: _rows_of_ods}


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
    """Read one request under the limits, and answer it."""
    limit_resources()
    answer_whole(read_request(), sys.stdout.buffer)
    return 0


def answer_whole(request: dict[str, Any], out: BinaryIO) -> None:
    """Answer a request, and say at the end that the answer is whole, or what was refused."""
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


if __name__ == "__main__":
    sys.exit(main())
