"""A small process that reads one file after another, as the program does, and tells what its children have used.

`python -m niangjia.kernel.intake.sheets.tests.small_parent` takes paths on stdin and answers a line of JSON for each.
A process of its own, because a child's peak of memory counts from its parent's at the start.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import monotonic
from typing import Any

from niangjia.kernel.files.limited_child import LimitedChild
from niangjia.kernel.intake.sheets import (
    FormulaCell,
    MissingColumns,
    Refusal,
    Roster,
    RowSorter,
    Source,
    clean_text,
    find_roster,
    open_source,
    workbook_source,
)
from niangjia.kernel.intake.sheets.tests.corpus import FIELDS

CHILDREN: list[LimitedChild] = []


class Noted(LimitedChild):
    """A child that is remembered."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        CHILDREN.append(self)


def read(path: Path) -> dict[str, Any] | str:
    """What becomes of the file, all the way through: the code of its refusal, or what is told of it."""
    try:
        source = open_source(path, filename=path.name)
        roster = find_roster(source, FIELDS)
        return "missing_columns" if isinstance(roster, MissingColumns) else _told(source, roster)
    except Refusal as refused:
        return refused.code


def _told(source: Source, roster: Roster) -> dict[str, Any]:
    sorter, name = RowSorter(roster.header), roster.header.index["name"]
    names, formulas = [], 0
    for batch in source.batches(roster.sheet):
        for number, cells in batch:
            formulas += sum(isinstance(cell, FormulaCell) for cell in cells)
            if sorter.left_out(number, cells) is None and name < len(cells) and clean_text(cells[name]):
                names.append(clean_text(cells[name]))
    return {
        "names": names,
        "warnings": source.warnings,
        "hidden": sorted(source.hidden_rows(roster.sheet)),
        "hidden_sheets": [sheet.name for sheet in source.sheets if sheet.hidden],
        "formulas": formulas,
    }


def _used(child: LimitedChild) -> tuple[int, float]:
    if child.usage is None:
        message = "a child was left behind"
        raise RuntimeError(message)
    return child.usage.ru_maxrss * 1024, child.usage.ru_utime + child.usage.ru_stime


def main() -> None:
    """Answer path after path, until there are no more."""
    workbook_source.LimitedChild = Noted  # type: ignore[attr-defined]  # the children are noted
    for line in sys.stdin:
        CHILDREN.clear()
        began = monotonic()
        verdict = read(Path(line.rstrip("\n")))
        answer = {"verdict": verdict, "seconds": monotonic() - began, "used": [_used(child) for child in CHILDREN]}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
