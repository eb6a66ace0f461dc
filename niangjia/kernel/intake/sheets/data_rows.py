"""Tell rows of people from rows of layout (空行、合计、重复表头), dropping as little as possible.

A row that is wrongly kept is reported as faulty and somebody looks at it. A row that is wrongly
dropped is a person lost without a word. So only four kinds of row are left out: blank rows; totals
rows with neither name nor number; exact repeats of the header (page breaks); and signature lines
(填表人：…) whose cells stand where no name, number or anything else of a person stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from niangjia.kernel.intake.sheets.cells import Cell
from niangjia.kernel.intake.sheets.header import Header
from niangjia.kernel.intake.sheets.texts import clean_text

_TOTALS = re.compile(
    r"(?:本页|本表|以上|全部|总)?(?:合计|总计|小计|共计|累计|总人数|总数|合计人数|共)[:：]?\s*[\d,，]*\s*[人名个户]?"
)
_SIGNATURE = re.compile(
    r"(?:填表|填报|制表|审核|复核|经办|负责|联系|单位负责|主席签|签)(?:人|字|日期|时间|单位)?(?:\(.{0,8}\)|（.{0,8}）)?\s*[:：].*"
    r"|(?:备注|说明|注|附注|填表说明|填表日期|填报日期|日期|盖章|单位盖章|单位（盖章）|单位\(盖章\))\s*[:：].*"
    r"|(?:注|说明|备注)\s*\d?[、.].*",
    re.DOTALL,
)


def is_blank_row(cells: Sequence[Cell]) -> bool:
    """No cell says anything (空行)."""
    return not any(map(_says, cells))


def _says(cell: Cell) -> bool:
    return clean_text(cell) != "" if isinstance(cell, str) else cell is not None


def is_totals_row(cells: Sequence[Cell], held: Sequence[int]) -> bool:
    """A totals row (合计行): the first words are 合计 or the like, and of `held` columns none holds a person.

    `held` are the indexes of the columns of name and number; a total may itself stand in the name's column.
    """
    first = _first_said(cells)
    if first is None or not _TOTALS.fullmatch(_squeezed(cells[first])):
        return False
    return not any(index != first and index < len(cells) and _is_personal(cells[index]) for index in held)


def _first_said(cells: Sequence[Cell]) -> int | None:
    return next((index for index, cell in enumerate(cells) if _says(cell)), None)


def _squeezed(cell: Cell) -> str:
    return "".join(clean_text(cell).split())


def _is_personal(cell: Cell) -> bool:
    """Anything but a bare count or a sum: letters or 汉字 beyond 人, or a number of 15 digits and more."""
    text = _squeezed(cell)
    return bool(text) and not re.fullmatch(r"[\d.,，%]{1,12}[人名个户]?|-|/", text)


def is_signature_row(cells: Sequence[Cell], held: Sequence[int]) -> bool:
    """A signature or notes line (填表人、审核人、备注), all of whose cells are such labels or continue one."""
    first = _first_said(cells)
    if first is None or not _SIGNATURE.fullmatch(_squeezed(cells[first])):
        return False
    said = [(index, _squeezed(cell)) for index, cell in enumerate(cells) if _says(cell)]
    if len(said) > 6 or len(said) > len(cells) // 2 + 1:
        return False
    return all(_SIGNATURE.fullmatch(text) for index, text in said if index in held)


class RowSorter:
    """Says of each row under a header whether it is left out, and why."""

    def __init__(self, header: Header, person_columns: Sequence[str] = ("name", "id_number")) -> None:
        index = header.index
        self._held = tuple(index[code] for code in person_columns if code in index)
        self._after = header.data_starts_after
        self._header_rows = {_trimmed(row) for row in header.rows}
        self._header_starts = {next(filter(None, row), "") for row in self._header_rows}

    def left_out(self, number: int, cells: Sequence[Cell]) -> str | None:
        """None for a row of a person; else "above", "blank", "header", "totals" or "notes"."""
        if number <= self._after:
            return "above"
        if self._may_be_plain(cells):
            return None
        return self._looked_at(cells)

    def _may_be_plain(self, cells: Sequence[Cell]) -> bool:
        """The quick way for almost every row: each person column holds something with a digit or no header word."""
        if not self._held or self._held[-1] >= len(cells):
            return False
        for index in self._held:
            cell = cells[index]
            if not cell or (isinstance(cell, str) and cell.isspace()):
                return False
        last = cells[self._held[-1]]
        return isinstance(last, str) and last[:6].isdigit() and len(last) >= 15

    def _looked_at(self, cells: Sequence[Cell]) -> str | None:
        first = _first_said(cells)
        if first is None:
            return "blank"
        if (
            clean_text(cells[first]) in self._header_starts
            and _trimmed(tuple(map(clean_text, cells))) in self._header_rows
        ):
            return "header"
        if is_totals_row(cells, self._held):
            return "totals"
        if is_signature_row(cells, self._held):
            return "notes"
        return None


def _trimmed(row: Sequence[str]) -> tuple[str, ...]:
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return tuple(row[:end])
