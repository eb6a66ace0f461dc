"""Which sheet of a workbook is the roster: the first visible one with a header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from niangjia.kernel.intake.sheets import refusal
from niangjia.kernel.intake.sheets.header import Field, Header, Mapped, MissingColumns, Remembered, recognise
from niangjia.kernel.intake.sheets.reading import Source, first_rows
from niangjia.kernel.intake.sheets.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Roster:
    """The sheet that holds the roster, and its header; `left_out` are the other sheets' names."""

    sheet: str
    header: Header
    left_out: tuple[str, ...] = ()


def find_roster(
    source: Source,
    fields: Sequence[Field],
    *,
    remembered: Remembered = None,
    given: Mapped | None = None,
    sheet: str | None = None,
) -> Roster | MissingColumns:
    """Choose the first visible sheet whose header has every required column, or the sheet asked for.

    Returns the refusal of the most promising sheet where none has; hidden sheets are never chosen.
    """
    names = [info.name for info in source.sheets if not info.hidden and sheet in (None, info.name)]
    refused: list[MissingColumns] = []
    for name in names:
        header = recognise(first_rows(source, name), fields, remembered=remembered, given=given)
        if isinstance(header, Header):
            left_out = tuple(info.name for info in source.sheets if info.name != name)
            return Roster(name, header, left_out)
        refused.append(header)
    if not refused:
        raise Refusal("no_sheet", refusal.NO_SHEET)
    return max(refused, key=lambda one: len(one.header.index) if one.header else -1)
