"""Open a roster that somebody uploaded, and read its rows in batches."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Protocol

from niangjia.kernel.intake.sheets import refusal
from niangjia.kernel.intake.sheets.cells import NumberedRow
from niangjia.kernel.intake.sheets.formats import Format, format_of
from niangjia.kernel.intake.sheets.refusal import Refusal
from niangjia.kernel.intake.sheets.text_source import TextLayout, layout_of, rows_of
from niangjia.kernel.intake.sheets.workbook_source import WorkbookChild, numbered_rows

BATCH_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class SheetInfo:
    """A worksheet (工作表). `rows` and `columns` are what the file declares: for progress, not for trust."""

    name: str
    hidden: bool
    rows: int = 0
    columns: int = 0


class Source(Protocol):
    """An opened roster. `batches` may end in a `Refusal`: then nothing of the file counts."""

    filename: str
    kind: str
    sheets: tuple[SheetInfo, ...]
    warnings: tuple[str, ...]
    epoch_1904: bool

    def batches(self, sheet: str = "", size: int = BATCH_ROWS) -> Generator[list[NumberedRow]]:
        """Numbered rows of a sheet, as Excel numbers them."""

    def hidden_rows(self, sheet: str = "") -> frozenset[int]:
        """Hidden rows (隐藏行) among those read so far; complete once `batches` is exhausted."""


class TextSource:
    """A .csv or .txt file: one sheet without a name."""

    kind = "text"
    warnings: tuple[str, ...] = ()
    epoch_1904 = False

    def __init__(self, path: Path, filename: str, layout: TextLayout) -> None:
        self.filename = filename
        self.layout = layout
        self.sheets: tuple[SheetInfo, ...] = (SheetInfo("", hidden=False),)
        self._path = path

    def batches(self, sheet: str = "", size: int = BATCH_ROWS) -> Generator[list[NumberedRow]]:
        """Stream the rows in constant memory; the first record is row 1."""
        del sheet
        return rows_of(self._path, self.layout, size)

    def hidden_rows(self, sheet: str = "") -> frozenset[int]:
        """Text hides nothing."""
        del sheet
        return frozenset()


class WorkbookSource:
    """An .xlsx, .xlsm, .xls or .ods file, parsed in a limited child process."""

    def __init__(self, path: Path, filename: str, form: Format) -> None:
        self.filename = filename
        asked: dict[str, object] = {"path": str(path.resolve()), "format": form.value}
        self._hidden: dict[str, set[int]] = {}
        (outline,) = list(WorkbookChild({**asked, "task": "outline"}).frames())
        self.kind, sheets, self.epoch_1904, warnings = outline
        self._request = {**asked, "format": self.kind}
        self.sheets = tuple(SheetInfo(*sheet) for sheet in sheets)
        self.warnings: tuple[str, ...] = tuple(warnings)
        if not self.sheets:
            raise Refusal("no_sheet", refusal.NO_SHEET)

    def batches(self, sheet: str = "", size: int = BATCH_ROWS) -> Generator[list[NumberedRow]]:
        """Rows of the named sheet (the first where no name is given), at most `size` at a time."""
        names = [info.name for info in self.sheets]
        index = names.index(sheet) if sheet else 0
        hidden = self._hidden.setdefault(names[index], set())
        request = {**self._request, "task": "rows", "sheet": index, "size": size}
        with closing(WorkbookChild(request).frames()) as frames:
            for frame in frames:
                if frame[0] == "hidden":
                    hidden.update(frame[1])
                else:
                    yield numbered_rows(frame)

    def hidden_rows(self, sheet: str = "") -> frozenset[int]:
        """Hidden rows met while reading."""
        return frozenset(self._hidden.get(sheet or self.sheets[0].name, ()))


def open_source(path: Path, *, filename: str) -> Source:
    """Open an uploaded roster (名册); what cannot be read raises `Refusal` with what to do next.

    The format is judged by content. `filename` is only kept for showing.
    """
    form = format_of(path)
    if form is Format.TEXT:
        return TextSource(path, filename, layout_of(path))
    return WorkbookSource(path, filename, form)


def first_rows(source: Source, sheet: str = "", count: int = 60) -> list[NumberedRow]:
    """The top of a sheet, enough to find its header."""
    with closing(source.batches(sheet, size=count)) as batches:
        return list(islice((row for batch in batches for row in batch), count))
