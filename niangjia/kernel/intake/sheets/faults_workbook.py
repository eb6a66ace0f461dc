"""The workbook that goes back to the person (错误清单): the refused rows as they were, with what to mend.

It can be imported again as it is: the original headers stand in row 1, every value is text, and the
two columns we add are known and ignored.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from niangjia.kernel.intake.sheets.cells import Cell, FormulaCell
from niangjia.kernel.intake.sheets.columns import column_letters
from niangjia.kernel.intake.sheets.faults_columns import REASON_COLUMN, ROW_COLUMN
from niangjia.kernel.intake.sheets.header import Header
from niangjia.kernel.intake.sheets.refusal import _
from niangjia.kernel.intake.sheets.safe_workbook import new_workbook, text_look, write_text
from niangjia.kernel.intake.sheets.texts import clean_text

# As many rows as a workbook may have to be read again.
MAX_FAULTY_ROWS = 300_000
_ADDED = 2


@dataclass(frozen=True, slots=True)
class FaultyRow:
    """A refused row: its number and sheet in the original, its cells, and (column index or None, reason) for each fault."""

    row_number: int
    sheet: str
    cells: Sequence[Cell]
    faults: Sequence[tuple[int | None, str]]


@dataclass(frozen=True, slots=True)
class FaultWords:
    """The words of the workbook, for translation. The names of the two added columns are fixed."""

    sheet: str = _("要改的行")
    notes: str = _("说明")
    sentences: tuple[str, ...] = (
        _("这里是原表里没有收进去的行，一共 {total} 行，要改的格子涂了底色，旁边写着怎么改。"),
        _("直接在第一张表里改好，存成 .xlsx，再导入一次就行；已经收进去的人不会重复。"),
        _("「原表行号」和「哪里不对怎么改」两列是系统加的，导入时不看，删不删都行。"),
    )
    cut: str = _("这里只放了前 {written} 行。先改这些，其余的改好原表再导入。")


def write_faults(path: Path, *, header: Header, rows: Iterable[FaultyRow], words: FaultWords | None = None) -> int:
    """Write the refused rows to `path` in constant memory; returns how many rows were written."""
    spoken = words or FaultWords()
    with new_workbook(path) as book:
        sheet = _FaultSheet(book, spoken.sheet, header)
        total = written = 0
        for row in rows:
            total += 1
            if written < MAX_FAULTY_ROWS:
                written += 1
                sheet.write(written, row)
        sheet.finish(written)
        _write_notes(book, spoken, total, written)
    return written


class _FaultSheet:
    """The first sheet: row number, reason, then the original columns as text."""

    def __init__(self, book: Any, name: str, header: Header) -> None:
        self._sheet = book.add_worksheet(name)
        self._text = text_look(book)
        self._wrong = text_look(book, bg_color="#FBE3D6")
        self._reason = text_look(book, text_wrap=True, font_color="#9C2F1B")
        head = text_look(book, bold=True, text_wrap=True, bottom=1)
        self._names = {column.index: column.written for column in header.columns if column.how != "own"}
        self._dropped = {column.index for column in header.columns if column.how == "own"}
        kept = [index for index in range(max(self._names, default=-1) + 1) if index not in self._dropped]
        self._places = {index: place for place, index in enumerate(kept, _ADDED)}
        self._set_columns()
        write_text(self._sheet, 0, 0, ROW_COLUMN, head)
        write_text(self._sheet, 0, 1, REASON_COLUMN, head)
        for index, place in self._places.items():
            write_text(self._sheet, 0, place, self._names.get(index, ""), head)

    def _set_columns(self) -> None:
        """Whole columns are text, so that an ID number typed anew stays whole."""
        self._sheet.set_column(0, 0, 9, self._text)
        self._sheet.set_column(1, 1, 48, self._reason)
        self._sheet.set_column(_ADDED, _ADDED + max(len(self._places), 1) + 20, 16, self._text)
        self._sheet.freeze_panes(1, _ADDED)

    def write(self, at: int, row: FaultyRow) -> None:
        """One refused row, never as a formula: =1+1, +86…, @x stay the text they were."""
        wrong = {index for index, _reason in row.faults}
        write_text(self._sheet, at, 0, str(row.row_number), self._text)
        write_text(self._sheet, at, 1, self._reasons(row), self._reason)
        for index, place in self._places.items():
            text = _as_text(row.cells[index]) if index < len(row.cells) else ""
            if index in wrong and index < len(row.cells) and isinstance(row.cells[index], float):
                # 2019.1 was refused as a number because it may be October; as text it would pass unseen.
                text += "？"
            if text or index in wrong:
                self._write_cell(at, place, text, self._wrong if index in wrong else self._text)

    def _write_cell(self, at: int, place: int, text: str, look: Any) -> None:
        if text:
            write_text(self._sheet, at, place, text, look)
        else:
            self._sheet.write_blank(at, place, None, look)

    def _reasons(self, row: FaultyRow) -> str:
        lines = []
        for index, reason in row.faults:
            name = self._names.get(index) if index is not None else None
            lines.append(f"{name}：{reason}" if name else reason)
        return "\n".join(lines)

    def finish(self, rows: int) -> None:
        """Keep the spreadsheet program from marking every number kept as text."""
        last = max(rows, 1) + 1
        self._sheet.ignore_errors({"number_stored_as_text": f"A1:{column_letters(len(self._places) + _ADDED)}{last}"})


def _as_text(cell: Cell) -> str:
    """The value as it stood, as text; a formula gives the value last shown."""
    if isinstance(cell, FormulaCell):
        return _as_text(cell.cached)
    return cell if isinstance(cell, str) else clean_text(cell)


def _write_notes(book: Any, words: FaultWords, total: int, written: int) -> None:
    """Three sentences on a sheet of their own; it has no header, so an import passes it by."""
    sheet = book.add_worksheet(words.notes)
    look = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 90, look)
    sentences = [*words.sentences, *([words.cut] if written < total else [])]
    for at, sentence in enumerate(sentences):
        write_text(sheet, at, 0, sentence.format(total=total, written=written), look)
