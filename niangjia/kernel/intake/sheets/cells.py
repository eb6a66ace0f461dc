"""What a cell of somebody's sheet can hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class FormulaCell:
    """A cell that holds a formula (公式); `cached` is the value the spreadsheet program last showed."""

    cached: str | int | float | bool | date | None


# A datetime is a date; an empty cell is None or "".
Cell = str | int | float | bool | date | FormulaCell | None
Row = list[Cell]
NumberedRow = tuple[int, Row]
# A row only looked at: any sequence of cells will do.
ReadRow = tuple[int, Sequence[Cell]]
