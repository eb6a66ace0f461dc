"""Read a list of employers from a sheet."""

from pathlib import Path
from typing import NamedTuple

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.intake.sheets import Header, MissingColumns, Refusal, RowSorter, find_roster, open_source
from niangjia.registers.employers.employer_list.columns import FIELDS, Line, Sheet

# 本系统默认值: every row is registered by itself, with its entry; a longer list is split.
MOST_ROWS = 5_000


class Read(NamedTuple):
    """The rows, and the header they stand under."""

    sheet: Sheet
    header: Header


def read_employers(path: Path, *, filename: str) -> Read:
    """Read the whole list; `Refusal` where the file or its header cannot be used, or where it is too long."""
    source = open_source(path, filename=filename)
    found = find_roster(source, FIELDS)
    if isinstance(found, MissingColumns):
        raise found
    header = found.header
    read = Sheet(
        sheet=found.sheet,
        headers={column.field: column.written for column in header.columns if column.field},
        index=dict(header.index),
    )
    sorter = RowSorter(header, ("name", "place"))
    for batch in source.batches(found.sheet):
        for number, cells in batch:
            if sorter.left_out(number, cells) is None:
                values = {code: cells[place] for code, place in read.index.items() if place < len(cells)}
                read.lines.append(Line(len(read.lines) + 1, number, cells, values))
        if len(read.lines) > MOST_ROWS:
            raise Refusal("too_many_rows", _TOO_MANY)
    read.hidden_rows = sorted(source.hidden_rows(found.sheet))
    read.hidden_sheets = [sheet.name for sheet in source.sheets if sheet.hidden]
    return Read(read, header)


_TOO_MANY = gettext_noop("这份名单超过 5000 行。请按镇街或者按年份拆成几份，一份一份导入。")
