"""Reading the rosters people really have (名册), and handing back what was wrong with them.

`open_source(path, filename=…)` opens a file or raises `Refusal(code, reason)`. `find_roster(source, FIELDS,
given=…)` chooses the sheet and its header: a `Roster`, or `MissingColumns` as a value, not raised.
`source.batches(roster.sheet)` streams numbered rows; it may raise `Refusal` late, and then nothing of the
file counts. `RowSorter(roster.header).left_out(number, cells)` is None for a row of a person.
`clean_text`, `is_number`, `parse_day` read cells. `write_faults` writes the workbook that goes back.
"""

from niangjia.kernel.intake.sheets.cells import Cell, FormulaCell, NumberedRow, Row
from niangjia.kernel.intake.sheets.choosing import Roster, find_roster
from niangjia.kernel.intake.sheets.data_rows import RowSorter, is_blank_row, is_signature_row, is_totals_row
from niangjia.kernel.intake.sheets.faults_columns import REASON_COLUMN, ROW_COLUMN
from niangjia.kernel.intake.sheets.faults_workbook import FaultWords, FaultyRow, write_faults
from niangjia.kernel.intake.sheets.header import Column, Field, Header, MissingColumns, fingerprint, recognise
from niangjia.kernel.intake.sheets.reading import SheetInfo, Source, first_rows, open_source
from niangjia.kernel.intake.sheets.refusal import Refusal
from niangjia.kernel.intake.sheets.texts import (
    BIRTH_DAY_REMEDY,
    BadDay,
    clean_text,
    is_month_only,
    is_number,
    parse_day,
)

__all__ = [
    "BIRTH_DAY_REMEDY",
    "REASON_COLUMN",
    "ROW_COLUMN",
    "BadDay",
    "Cell",
    "Column",
    "FaultWords",
    "FaultyRow",
    "Field",
    "FormulaCell",
    "Header",
    "MissingColumns",
    "NumberedRow",
    "Refusal",
    "Roster",
    "Row",
    "RowSorter",
    "SheetInfo",
    "Source",
    "clean_text",
    "find_roster",
    "fingerprint",
    "first_rows",
    "is_blank_row",
    "is_month_only",
    "is_number",
    "is_signature_row",
    "is_totals_row",
    "open_source",
    "parse_day",
    "recognise",
    "write_faults",
]
