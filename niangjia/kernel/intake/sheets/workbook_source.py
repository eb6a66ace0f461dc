"""The parent's half of reading a workbook: asks the limited child and takes rows from its pipe."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from datetime import date, datetime
from typing import Any

from niangjia.kernel.files.limited_child import SILENCE_SECONDS as PATIENCE
from niangjia.kernel.files.limited_child import ChildDied, LimitedChild
from niangjia.kernel.intake.sheets import refusal
from niangjia.kernel.intake.sheets.cells import Cell, FormulaCell, NumberedRow
from niangjia.kernel.intake.sheets.refusal import Refusal

SILENCE_SECONDS = PATIENCE
CHILD: tuple[str, ...] = ("-m", "niangjia.kernel.intake.sheets.child")
_DEATHS = {"too_long": refusal.TOO_LONG, "too_large": refusal.TOO_LARGE, "damaged": refusal.DAMAGED_FILE}


class WorkbookChild:
    """One question about one workbook to one limited child."""

    def __init__(self, request: dict[str, Any]) -> None:
        self._child = LimitedChild(CHILD, request, patience=SILENCE_SECONDS)

    def frames(self) -> Generator[tuple[Any, ...]]:
        """Frames up to the end of the answer; a child that dies before it is a refusal."""
        try:
            with closing(self._child.frames()) as frames:
                for frame in frames:
                    if frame[0] == "refused":
                        raise Refusal(frame[1], frame[2], **frame[3])
                    yield frame
        except ChildDied as died:
            facts = {"seconds": died.seconds} if died.why == "too_long" else {}
            raise Refusal(died.why, _DEATHS[died.why], **facts) from died


def numbered_rows(frame: tuple[Any, ...]) -> list[NumberedRow]:
    """Put days and formulas back into a frame of rows, and number the rows."""
    _, first, rows, specials = frame
    for index, column, kind, *parts in specials:
        rows[index][column] = _special(kind, parts, rows[index][column])
    return list(enumerate(rows, first))


def _special(kind: str, parts: list[int], cell: Any) -> Cell:
    if kind == "d":
        return date(*parts)
    if kind == "t":
        year, month, day, hour, minute, second = parts
        return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - a sheet has no time zone
    return FormulaCell(cell)
