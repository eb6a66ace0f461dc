"""The one place where workbooks and CSV files are written: nothing in them runs, nothing in them says who made them.

Texts are texts, also those that begin with `=`; the workbook's properties name no person, no machine and no day; what is
needed while writing stays in the folder of the file. See `safe_cells` for CSV.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

import xlsxwriter

from niangjia.kernel.intake.sheets.safe_cells import csv_text

LONGEST_TEXT = 32_767
AS_TEXT = "@"
# A file says nothing about when and by whom it was made.
_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_BLANK_PROPERTIES = {"author": "", "company": "", "manager": "", "title": "", "comments": "", "created": _NO_DATE}


def new_workbook(path: Path, *, number: str = "") -> Any:
    """A workbook to be written in constant memory; `number` is the one thing its properties may tell."""
    book = xlsxwriter.Workbook(str(path), {**_OPTIONS, "tmpdir": str(path.parent)})
    book.set_properties(_BLANK_PROPERTIES)
    if number:
        book.set_custom_property("number", number, "text")
    return book


def text_look(book: Any, **look: Any) -> Any:
    """A look whose cells stay text even after somebody has typed in them."""
    return book.add_format({"num_format": AS_TEXT, "valign": "top", "quote_prefix": True, **look})


def write_text(sheet: Any, row: int, column: int, text: str, look: Any) -> None:  # noqa: PLR0917 - as the library has it
    """One text, never a formula: =1+1, +86…, @x stay what they were."""
    sheet.write_string(row, column, text[:LONGEST_TEXT], look)


class CsvLines:
    """Lines of a CSV file (UTF-8 with a mark, so that spreadsheet programs read 汉字): every text made harmless."""

    def __init__(self, file: TextIO) -> None:
        self._writer = csv.writer(file, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")

    def write(self, cells: Iterable[str | int]) -> None:
        """One line; numbers are numbers, everything else is text."""
        self._writer.writerow([cell if isinstance(cell, int) else csv_text(cell) for cell in cells])
