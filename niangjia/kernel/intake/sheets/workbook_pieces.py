"""A worksheet cut into pieces, so that memory stays flat and every row is looked at before it is parsed.

Runs in the child. The parser keeps a whole sheet as a dense block; 300,000 × 15 take 600 MB of
address space. A piece is a small workbook of our own making with some ten thousand rows of the sheet
and the original styles and shared strings: part names, sizes and ranges in it are true.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from niangjia.kernel.intake.sheets import refusal
from niangjia.kernel.intake.sheets.columns import MAX_COLUMNS, column_number
from niangjia.kernel.intake.sheets.refusal import Refusal
from niangjia.kernel.intake.sheets.workbook_guard import (
    MAX_ROWS,
    MAX_SHARED_BYTES,
    MAX_SHEET_BYTES,
    WorkbookBox,
)

PIECE_BYTES = 24 * 1024 * 1024
# The first piece is small: whoever only looks for the header need not wait.
_FIRST_PIECE_BYTES = 1024 * 1024
_LONGEST_ROW_BYTES = 64 * 1024 * 1024
MAX_CELLS = 6_000_000
_ROWS_ABOVE_DATA = 1_000
_TAIL_BYTES = 64 * 1024
_WIDE = re.compile(rb'r="[A-Z][A-Z]')

_ROOT = re.compile(rb"<((?:\w+:)?)worksheet\b[^>]*>")
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WORKBOOK = (
    b'<?xml version="1.0"?><workbook xmlns="' + _MAIN + b'" '
    b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr date1904="%d"/>'
    b'<sheets><sheet name="s" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_PART = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_ROOT_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_PART}officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_PART}worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_PART}styles" Target="styles.xml"/>'
    f'<Relationship Id="rId3" Type="{_PART}sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)


@dataclass(slots=True)
class Piece:
    """Some rows of a sheet as a workbook for the parser, with what the parser does not tell."""

    workbook: io.BytesIO
    formulas: dict[int, list[int]] = field(default_factory=dict)
    hidden: list[int] = field(default_factory=list)


class SheetCutter:
    """Cuts one worksheet into pieces at row ends and looks at each piece before it is parsed."""

    def __init__(self, box: WorkbookBox, part: str, *, epoch_1904: bool) -> None:
        self._box = box
        self._part = part
        self._frame = self._workbook_without_rows(epoch_1904=epoch_1904)
        self._marks = RowMarks(b"")

    def pieces(self) -> Iterator[Piece]:
        """The rows of the sheet, piece by piece, in order."""
        for block in self._row_blocks():
            rows = self._marks.without_empty_tail(self._marks.numbered(block))
            if rows:
                self._marks.refuse_far_cells(rows)
                yield Piece(self._workbook_of(rows), self._marks.formulas(rows), self._marks.hidden(rows))

    def _row_blocks(self) -> Iterator[bytes]:
        """The inside of <sheetData>, cut at row ends."""
        blocks = self._box.blocks(self._part, MAX_SHEET_BYTES)
        pending = self._after_head(blocks)
        row_end, data_end = self._marks.row_end, self._marks.data_end
        chunks = [pending]
        held = len(pending)
        enough = _FIRST_PIECE_BYTES
        for block in blocks:
            chunks.append(block)
            held += len(block)
            if held < enough:
                continue
            enough = PIECE_BYTES
            whole = b"".join(chunks)
            cut = whole.rfind(row_end)
            if cut >= 0:
                yield whole[: cut + len(row_end)]
                whole = whole[cut + len(row_end) :]
            elif held > _LONGEST_ROW_BYTES:
                cut = self._marks.last_row_start(whole)
                yield whole[:cut]
                whole = whole[cut:]
            chunks, held = [whole], len(whole)
        whole = b"".join(chunks)
        end = whole.find(data_end)
        yield whole[:end] if end >= 0 else whole

    def _after_head(self, blocks: Iterator[bytes]) -> bytes:
        """Drop what stands before the rows; learn the name prefix this file uses, if any."""
        head = b""
        for block in blocks:
            head += block
            root = _ROOT.search(head)
            if root is None and len(head) > 4 * 1024 * 1024:
                break
            if root is None:
                continue
            self._marks = RowMarks(root[1])
            begin = re.search(rb"<%ssheetData\s*(/?)>" % root[1], head)
            if begin is not None:
                return b"" if begin[1] else head[begin.end() :]
        if self._marks.seen:
            return b""
        raise Refusal("damaged", refusal.DAMAGED_FILE)

    def _workbook_without_rows(self, *, epoch_1904: bool) -> bytes:
        """The frame of every piece. Shared strings stay packed in it: they may be 100 MB when unpacked."""
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as box:
            box.writestr("_rels/.rels", _ROOT_RELATIONS)
            box.writestr("xl/workbook.xml", _WORKBOOK % epoch_1904)
            box.writestr("xl/_rels/workbook.xml.rels", _RELATIONS)
            for part in ("xl/styles.xml", "xl/sharedStrings.xml"):
                if part in self._box:
                    with box.open(part, "w") as copy:
                        for block in self._box.blocks(part, MAX_SHARED_BYTES):
                            copy.write(block)
        return made.getvalue()

    def _workbook_of(self, rows: bytes) -> io.BytesIO:
        """A workbook of our own around these rows."""
        prefix = self._marks.prefix
        named = b":" + prefix[:-1] if prefix else b""
        start = b'<?xml version="1.0"?><%sworksheet xmlns%s="%s"><%ssheetData>' % (prefix, named, _MAIN, prefix)
        end = b"</%ssheetData></%sworksheet>" % (prefix, prefix)
        made = io.BytesIO(self._frame)
        with zipfile.ZipFile(made, "a", zipfile.ZIP_STORED) as box, box.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for part in (start, rows, end):
                sheet.write(part)
        made.seek(0)
        return made


class RowMarks:
    """How rows, cells, values and formulas are written in this sheet's XML."""

    def __init__(self, prefix: bytes) -> None:
        self.prefix = prefix
        self.seen = bool(prefix)
        self.row_end = b"</%srow>" % prefix
        self.data_end = b"</%ssheetData>" % prefix
        self._row_start = b"<%srow" % prefix
        self._formula = b"<%sf" % prefix
        named = re.escape(prefix)
        self._row = re.compile(rb"<%srow\b([^>]*)>" % named)
        self._row_number = re.compile(rb"""\br=["'](\d{1,9})["']""")
        self._hidden_row = re.compile(rb"<%srow\b(?=[^>]*\bhidden=[\"'](?:1|true)[\"'])[^>]*>" % named)
        self._cell = re.compile(rb"<%sc\b([^>]*)>" % named)
        self._cell_at = re.compile(rb"""\br=["']([A-Z]{1,3})\d""")
        self._value = re.compile(rb"<%s(?:v|is|f)[\s>]" % named)
        self._wide_cell = re.compile(
            rb"<%sc\b[^>]*?\br=[\"']([A-Z]{2,9})\d+[\"'][^>]*>(?=\s*<%s(?:v|is|f)[\s>])" % (named, named)
        )
        self._is_formula = re.compile(rb"<%sf[\s/>]" % named)
        self._rows_so_far = 0

    def without_empty_tail(self, rows: bytes) -> bytes:
        """Cut off rows without values at the end (格式刷到底的空行), as deep as row 1048576 in real files."""
        last = self._last_value(rows, max(len(rows) - _TAIL_BYTES, 0))
        last = self._last_value(rows, 0) if last < 0 else last
        if last < 0:
            return b""
        end = rows.find(self.row_end, last)
        return rows[: end + len(self.row_end)] if end >= 0 else rows

    def _last_value(self, rows: bytes, begin: int) -> int:
        """Where the last value or formula starts or ends, looking no further back than `begin`."""
        marks = (b"v>", b"is>", b"f>", b"v ", b"f ", b"f/>")
        return max(rows.rfind(sign + self.prefix + mark, begin) for mark in marks for sign in (b"<", b"</"))

    def last_row_start(self, rows: bytes) -> int:
        """Where the last row starts, among rows that are all empty and closed in themselves."""
        start = rows.rfind(self._row_start)
        if start <= 0:
            raise Refusal("too_large", refusal.TOO_LARGE)
        return start

    def numbered(self, rows: bytes) -> bytes:
        """Rows that leave out their number get the one that follows the row before."""
        if not self._lacks_numbers(rows):
            numbers = self._row_number.findall(rows[rows.rfind(self._row_start) :][:2000])
            self._rows_so_far = int(numbers[0]) if numbers else self._rows_so_far
            return rows
        return self._row.sub(self._with_number, rows)

    def _lacks_numbers(self, rows: bytes) -> bool:
        first = self._row.search(rows)
        last = self._row.search(rows, max(rows.rfind(self._row_start), 0))
        return any(tag is not None and not self._row_number.search(tag[1]) for tag in (first, last))

    def _with_number(self, tag: re.Match[bytes]) -> bytes:
        given = self._row_number.search(tag[1])
        self._rows_so_far = int(given[1]) if given else self._rows_so_far + 1
        return tag[0] if given else b'<%srow r="%d"%s>' % (self.prefix, self._rows_so_far, tag[1])

    def refuse_far_cells(self, rows: bytes) -> None:
        """Refuse a piece that asks for more rows or columns than any roster has (远处的格子)."""
        numbers = [int(number) for number in self._row_number.findall(b"".join(self._row_tags(rows)))]
        last = max(numbers, default=0)
        if last > MAX_ROWS + _ROWS_ABOVE_DATA:
            raise Refusal("too_many_rows", refusal.TOO_MANY_ROWS, limit=MAX_ROWS, row=last)
        column = b""
        for letters in self._wide_letters(rows):
            column = max(column, letters, key=lambda name: (len(name), name))
        columns = column_number(column.decode()) if column else 26
        if columns > MAX_COLUMNS:
            raise Refusal("too_many_columns", refusal.TOO_MANY_COLUMNS, column=column.decode())
        if numbers and (last - min(numbers) + 1) * columns > MAX_CELLS:
            raise Refusal("too_large", refusal.TOO_LARGE)

    def _wide_letters(self, rows: bytes) -> list[bytes]:
        """Letters of the columns beyond Z that hold something; a sheet without any is told apart quickly."""
        if not _WIDE.search(rows) and b"r='" not in rows:
            return []
        return self._wide_cell.findall(rows)

    def _row_tags(self, rows: bytes) -> list[bytes]:
        return [b" " + inside for inside in self._row.findall(rows)]

    def hidden(self, rows: bytes) -> list[int]:
        """Numbers of the hidden rows (隐藏行)."""
        if b"hidden=" not in rows:
            return []
        found = []
        for tag in self._hidden_row.finditer(rows):
            number = self._row_number.search(tag[0])
            if number is not None:
                found.append(int(number[1]))
        return found

    def formulas(self, rows: bytes) -> dict[int, list[int]]:
        """Columns (from 0) of the cells with formulas, by row number."""
        if not self._is_formula.search(rows):
            return {}
        found: dict[int, list[int]] = {}
        at = rows.find(self._formula)
        while at >= 0:
            start = rows.rfind(self._row_start, 0, at)
            end = rows.find(self.row_end, at)
            end = len(rows) if end < 0 else end
            columns = self._formula_columns(rows[start:end])
            number = self._row_number.search(rows, start)
            if columns and number is not None:
                found[int(number[1])] = columns
            at = rows.find(self._formula, end)
        return found

    def _formula_columns(self, row: bytes) -> list[int]:
        columns = []
        column = -1
        for cell in self._cell.finditer(row):
            named = self._cell_at.search(cell[1])
            column = column_number(named[1].decode()) - 1 if named else column + 1
            end = row.find(b"</%sc>" % self.prefix, cell.end())
            inside = row[cell.end() : end]
            if not cell[1].endswith(b"/") and self._is_formula.search(inside):
                columns.append(column)
        return columns
