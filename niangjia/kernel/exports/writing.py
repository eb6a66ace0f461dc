"""The file itself: who took it, when and what for stands in it; nothing in it runs, nothing tells of the machine.

A workbook has the mark in its first row, on every printed page and, as number and account, behind the cells; its
properties hold the export number and nothing else. A CSV file has the mark as its first line, beginning with `# `: the
last line would be taken for a row, and a program that reads on from the header finds the header on line two.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Self

from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

from niangjia.kernel.exports.rules import Format
from niangjia.kernel.intake.sheets.safe_workbook import CsvLines, new_workbook, text_look, write_text

LONGEST_PRINTED = 200
TILE = (460, 150)
INK, PAPER = (226, 224, 220), (255, 255, 255)
WIDTHS = {"number": 10, "day": 12, "moment": 17, "mono": 22}
USUAL_WIDTH = 18
COMMENT = "# "

Cell = str | int


@dataclass(frozen=True)
class Mark:
    """The mark on a file (水印): the export's number, who in ASCII for the picture behind the cells, and the whole sentence."""

    number: str
    account: str
    sentence: str


@dataclass(frozen=True)
class Heading:
    """A column of the file: title and kind."""

    title: str
    kind: str


def cell_of(value: Any) -> Cell:
    """A value as it stands in a file: days and instants as they sort, numbers as numbers, all else as its words."""
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, date) else str(value)


class WorkbookFile(AbstractContextManager["WorkbookFile"]):
    """A list as a workbook, row after row in constant memory."""

    def __init__(self, path: Path, *, title: str, mark: Mark, headings: Sequence[Heading]) -> None:
        self._book = new_workbook(path, number=mark.number)
        self._sheet = self._book.add_worksheet(title[:31])
        self._text = text_look(self._book)
        self._number = self._book.add_format({"num_format": "#,##0", "valign": "top"})
        self._set_up(mark, headings)
        head = text_look(self._book, bold=True, bottom=1, text_wrap=True)
        write_text(self._sheet, 0, 0, mark.sentence, text_look(self._book, font_color="#77706A", font_size=9))
        for at, heading in enumerate(headings):
            write_text(self._sheet, 1, at, heading.title, head)
        self._next = 2

    def add(self, cells: Sequence[Cell]) -> None:
        """One row; a text is never a formula."""
        for at, cell in enumerate(cells):
            if isinstance(cell, int):
                self._sheet.write_number(self._next, at, cell, self._number)
            elif cell:
                write_text(self._sheet, self._next, at, cell, self._text)
        self._next += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{self._next}"})
        self._book.close()

    def _set_up(self, mark: Mark, headings: Sequence[Heading]) -> None:
        """Columns are text as a whole; the mark stands on every printed page, and behind the cells."""
        for at, heading in enumerate(headings):
            look = self._number if heading.kind == "number" else self._text
            self._sheet.set_column(at, at, WIDTHS.get(heading.kind, USUAL_WIDTH), look)
        self._sheet.freeze_panes(2, 1)
        self._sheet.repeat_rows(0, 1)
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)
        printed = mark.sentence.replace("&", "&&")[:LONGEST_PRINTED]
        self._sheet.set_header(f"&L&9{' '}{printed}")
        self._sheet.set_footer(f"&L&9{' '}{mark.number}&R&9&P / &N")
        self._sheet.set_background(BytesIO(_tile(f"{mark.number}  {mark.account}")))


class CsvFile(AbstractContextManager["CsvFile"]):
    """A list as a CSV file."""

    def __init__(self, path: Path, *, mark: Mark, headings: Sequence[Heading]) -> None:
        self._file = path.open("x", encoding="utf-8-sig", newline="")
        self._lines = CsvLines(self._file)
        self._lines.write([COMMENT + mark.sentence])
        self._lines.write([heading.title for heading in headings])

    def add(self, cells: Sequence[Cell]) -> None:
        """One row."""
        self._lines.write(cells)

    def __exit__(self, *_error: object) -> None:
        self._file.close()


def new_file(
    path: Path, file_format: Format, *, title: str, mark: Mark, headings: Sequence[Heading]
) -> WorkbookFile | CsvFile:
    """A file to be filled row by row."""
    if file_format is Format.CSV:
        return CsvFile(path, mark=mark, headings=headings)
    return WorkbookFile(path, title=title, mark=mark, headings=headings)


def _tile(words: str) -> bytes:
    """The picture that repeats behind the cells: in letters that need no font of the machine."""
    ascii_words = words.encode("ascii", "replace").decode()
    picture = Image.new("RGB", TILE, PAPER)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(size=20)
    draw.text((14, 30), ascii_words, fill=INK, font=font)
    draw.text((130, 104), ascii_words, fill=INK, font=font)
    whole = BytesIO()
    picture.save(whole, "PNG")
    return whole.getvalue()
