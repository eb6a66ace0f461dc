"""Read a list of unions from a sheet into lines, with the faults that a row shows by itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.intake.sheets import (
    Cell,
    FormulaCell,
    Header,
    MissingColumns,
    Row,
    RowSorter,
    clean_text,
    find_roster,
    open_source,
)
from niangjia.registers.orgs.rules import check_union_code
from niangjia.registers.orgs.rules.union_facts import tidy_union_name
from niangjia.registers.orgs.union_list.columns import FIELDS, SHOWN_LENGTH, Fault, Line


@dataclass
class UnionSheet:
    """What was read: the lines that have a code, the rows that have none, and how many rows there were."""

    sheet: str
    headers: dict[str, str]
    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    rows_in: int = 0
    hidden_rows: list[int] = field(default_factory=list)
    hidden_sheets: list[str] = field(default_factory=list)


def read_unions(path: Path, *, filename: str, given: Mapping[str, str] | None = None) -> UnionSheet:
    """Read the whole list; `Refusal` where the file or its header cannot be used."""
    source = open_source(path, filename=filename)
    found = find_roster(source, FIELDS, given=given)
    if isinstance(found, MissingColumns):
        raise found
    headers = {column.field: column.written for column in found.header.columns if column.field}
    read = UnionSheet(sheet=found.sheet, headers=headers)
    sorter = RowSorter(found.header, ("name", "code"))
    for batch in source.batches(found.sheet):
        for number, cells in batch:
            if sorter.left_out(number, cells) is None:
                _take(read, number, cells, header=found.header)
    read.hidden_rows = sorted(source.hidden_rows(found.sheet))
    read.hidden_sheets = [sheet.name for sheet in source.sheets if sheet.hidden]
    return read


def _take(read: UnionSheet, number: int, cells: Row, *, header: Header) -> None:
    read.rows_in += 1
    seq, index = read.rows_in, header.index
    values = {item.code: _text(cells, index.get(item.code)) for item in FIELDS}
    name = tidy_union_name(values.pop("name"))
    formulas = [code for code, place in index.items() if place < len(cells) and isinstance(cells[place], FormulaCell)]
    faults = [(code, Reason("formula_cell", _FORMULA, {})) for code in formulas]
    code = check_union_code(values.pop("code"))
    if isinstance(code, Reason) and "code" not in formulas:
        faults.append(("code", code))
    for column, reason in faults:
        shown = _text(cells, index.get(column))[:SHOWN_LENGTH]
        read.faults.append(Fault(seq, number, column, reason, name[:SHOWN_LENGTH], shown))
    if not faults and not isinstance(code, Reason):
        read.lines.append(Line(seq=seq, row=number, code=code, name=name, **values))


def _text(cells: Row, place: int | None) -> str:
    cell: Cell = cells[place] if place is not None and place < len(cells) else None
    return clean_text(cell)


_FORMULA = gettext_noop("这一格是公式。选中这一列，复制，再用「粘贴为数值」贴回原处，保存后再导入。")
