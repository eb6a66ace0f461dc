"""OpenDocument spreadsheets (.ods): read in one pass over their XML, with nothing repeated that says nothing.

Runs in the child. In this format a hundred bytes may stand for 16,384 columns or a million rows; what is repeated is
counted before it is written out. Formulas, hidden rows and days stand beside the values, so no parser is asked twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from xml.parsers import expat

from niangjia.kernel.intake.sheets import refusal
from niangjia.kernel.intake.sheets.columns import MAX_COLUMNS, column_letters
from niangjia.kernel.intake.sheets.refusal import Refusal
from niangjia.kernel.intake.sheets.workbook_guard import MAX_ROWS, MAX_SHEET_BYTES, MAX_SHEETS, WorkbookBox

MIMETYPES = (
    b"application/vnd.oasis.opendocument.spreadsheet",
    b"application/vnd.oasis.opendocument.spreadsheet-template",
)
MAX_CELLS = 20_000_000
MAX_CELL_LETTERS = 1_000_000
_CONTENT = "content.xml"
_ROWS_ABOVE_DATA = 1_000
_BLANKS_IN_A_ROW = 1_000
_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _TEXT, _OFFICE, _STYLE = (f"{_NAMESPACE}{name}:1.0 " for name in ("table", "text", "office", "style"))
_CELLS = (_TABLE + "table-cell", _TABLE + "covered-table-cell")
_ROW = _TABLE + "table-row"
_SPREADSHEET = _OFFICE + "spreadsheet"
_HIDING = ("collapse", "filter")

Value = str | int | float | bool | date | None


@dataclass(slots=True)
class OdsSheet:
    """A sheet by its name, and whether its style hides it (隐藏的工作表)."""

    name: str
    hidden: bool


@dataclass(slots=True)
class OdsOutline:
    """The sheets of a document, the first day of its calendar, and whether macros lie beside them."""

    sheets: list[OdsSheet] = field(default_factory=list)
    epoch_1904: bool = False
    macros: bool = False


@dataclass(slots=True)
class OdsRow:
    """A row that says something, `times` over from `number` on; `formulas` are columns counted from 0."""

    number: int
    times: int
    cells: list[Value]
    formulas: list[int]
    hidden: bool


def outline_of_document(box: WorkbookBox) -> OdsOutline:
    """Which sheets there are and which are hidden."""
    _refuse_encrypted(box)
    reader = _Outliner()
    for _progress in _parse(box, reader):
        pass
    reader.outline.macros = box.has_folder("Basic/")
    return reader.outline


def rows_of_document(box: WorkbookBox, sheet: int) -> Iterator[OdsRow]:
    """The rows of one sheet that say something, in order."""
    reader = _RowReader(sheet)
    for _progress in _parse(box, reader):
        yield from reader.taken()
        if reader.is_over:
            return
    yield from reader.taken()


def _refuse_encrypted(box: WorkbookBox) -> None:
    if "META-INF/manifest.xml" in box and b"encryption-data" in box.part("META-INF/manifest.xml"):
        raise Refusal("encrypted", refusal.ENCRYPTED_FILE)


def _parse(box: WorkbookBox, reader: _Outliner | _RowReader) -> Iterator[None]:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def declared(*_whatever: object) -> None:
        raise Refusal("dtd", refusal.DTD_FILE)

    parser.StartElementHandler = reader.started
    parser.EndElementHandler = reader.ended
    if isinstance(reader, _RowReader):
        parser.CharacterDataHandler = reader.said
    parser.StartDoctypeDeclHandler = declared
    parser.EntityDeclHandler = declared
    try:
        for block in box.blocks(_CONTENT, MAX_SHEET_BYTES):
            parser.Parse(block, False)
            yield
        parser.Parse(b"", True)
    except expat.ExpatError as broken:
        raise Refusal("damaged", refusal.DAMAGED_FILE) from broken


class _Outliner:
    """Notes sheets; only what stands directly in the spreadsheet is one (a link keeps tables of its own)."""

    def __init__(self) -> None:
        self.outline = OdsOutline()
        self._depth = 0
        self._body = -1
        self._style = ""
        self._hiding: set[str] = set()

    def started(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._depth += 1
        if name == _TABLE + "table" and self._depth == self._body + 1:
            hidden = attributes.get(_TABLE + "style-name", "") in self._hiding
            self.outline.sheets.append(OdsSheet(attributes.get(_TABLE + "name", ""), hidden))
            if len(self.outline.sheets) > MAX_SHEETS:
                raise Refusal("too_large", refusal.TOO_LARGE)
        elif name == _SPREADSHEET:
            self._body = self._depth
        elif name == _STYLE + "style":
            self._style = attributes.get(_STYLE + "name", "")
        elif name == _STYLE + "table-properties" and attributes.get(_TABLE + "display") == "false":
            self._hiding.add(self._style)
        elif name == _TABLE + "null-date":
            self.outline.epoch_1904 = attributes.get(_TABLE + "date-value", "").startswith("1904")

    def ended(self, _name: str) -> None:
        """An element ends."""
        self._depth -= 1


class _RowReader:
    """Gathers the rows of one sheet; blank cells and blank rows are counted, never written out."""

    def __init__(self, sheet: int) -> None:
        self.is_over = False
        self._tables_before = sheet
        self._is_inside = False
        self._depth = 0
        self._body = -1
        self._rows: list[OdsRow] = []
        self._number = 1
        self._written = 0
        self._cell: dict[str, str] = {}
        self._cell_depth = self._listening = self._letters = 0
        self._text: list[str] = []
        self._begin_row({})

    def taken(self) -> list[OdsRow]:
        """The rows gathered since the last time."""
        rows, self._rows = self._rows, []
        return rows

    def started(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._depth += 1
        if self._cell_depth:
            self._within_cell(name, attributes)
        elif self._is_inside and name in _CELLS:
            self._cell, self._cell_depth = attributes, self._depth
            self._letters, self._text, self._listening = 0, [], 0
        elif self._is_inside and name == _ROW:
            self._begin_row(attributes)
        elif name == _TABLE + "table" and self._depth == self._body + 1:
            self._is_inside = not self._tables_before and not self.is_over
            self._tables_before -= 1
        elif name == _SPREADSHEET:
            self._body = self._depth

    def ended(self, name: str) -> None:
        """An element ends."""
        if self._cell_depth:
            if self._listening == self._depth:
                self._listening = 0
            if self._cell_depth == self._depth:
                self._cell_depth = 0
                self._end_cell()
        elif self._is_inside and name == _ROW:
            self._end_row()
        elif self._is_inside and name == _TABLE + "table" and self._depth == self._body + 1:
            self._is_inside, self.is_over = False, True
        self._depth -= 1

    def said(self, text: str) -> None:
        """Letters; only those of a cell's own paragraphs count, not of notes and pictures in it."""
        if self._listening:
            self._add(text)

    def _add(self, text: str) -> None:
        self._letters += len(text)
        if self._letters > MAX_CELL_LETTERS:
            raise Refusal("too_large", refusal.TOO_LARGE)
        self._text.append(text)

    def _within_cell(self, name: str, attributes: dict[str, str]) -> None:
        if name == _TEXT + "p" and self._depth == self._cell_depth + 1:
            if self._text:
                self._add("\n")
            self._listening = self._depth
        elif not self._listening:
            return
        elif name == _TEXT + "s":
            self._add(" " * min(int(attributes.get(_TEXT + "c", "1")), _BLANKS_IN_A_ROW))
        elif name == _TEXT + "tab":
            self._add("\t")
        elif name == _TEXT + "line-break":
            self._add("\n")

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self._times = _repeated(attributes, "number-rows-repeated")
        self._hidden = attributes.get(_TABLE + "visibility") in _HIDING
        self._cells: list[Value] = []
        self._formulas: list[int] = []
        self._column = 0

    def _end_cell(self) -> None:
        times = _repeated(self._cell, "number-columns-repeated")
        value = self._value()
        formula = _TABLE + "formula" in self._cell
        start, self._column = self._column, self._column + times
        if value in (None, "") and not formula:
            return
        if self._column > MAX_COLUMNS:
            # A column's name may be as long as its number is large; what is named ends soon after the limit.
            column = column_letters(min(self._column, 16_384))
            raise Refusal("too_many_columns", refusal.TOO_MANY_COLUMNS, column=column)
        self._cells += [""] * (start - len(self._cells)) + [value] * times
        if formula:
            self._formulas += range(start, self._column)

    def _end_row(self) -> None:
        last = self._number + self._times - 1
        if self._cells:
            if last > MAX_ROWS + _ROWS_ABOVE_DATA:
                raise Refusal("too_many_rows", refusal.TOO_MANY_ROWS, limit=MAX_ROWS, row=last)
            self._written += self._times * len(self._cells)
            if self._written > MAX_CELLS:
                raise Refusal("too_large", refusal.TOO_LARGE)
            self._rows.append(OdsRow(self._number, self._times, self._cells, self._formulas, self._hidden))
        self._number = last + 1

    def _value(self) -> Value:
        """What the cell holds; where its value cannot be read, what it shows."""
        shown = "".join(self._text)
        kind = self._cell.get(_OFFICE + "value-type", "")
        if kind in ("float", "percentage", "currency"):
            with suppress(ValueError):
                return float(self._cell.get(_OFFICE + "value", ""))
        elif kind == "date":
            return _day(self._cell.get(_OFFICE + "date-value", ""), shown)
        elif kind == "boolean":
            return self._cell.get(_OFFICE + "boolean-value") == "true"
        elif kind == "string":
            return self._cell.get(_OFFICE + "string-value", shown)
        return shown


def _repeated(attributes: dict[str, str], name: str) -> int:
    return max(int(attributes.get(_TABLE + name, "1")), 1)


def _day(written: str, shown: str) -> Value:
    """A day, or an instant of a day where it has one; a day beyond the calendar stays as it is written."""
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        return shown or written
    return at.replace(tzinfo=None) if "T" in written else at.date()
