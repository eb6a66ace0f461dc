"""The columns we add to a faults workbook, so that reading it again leaves them out."""

from __future__ import annotations

from typing import Final

ROW_COLUMN: Final = "原表行号"
REASON_COLUMN: Final = "哪里不对怎么改"
OWN_COLUMNS: Final = frozenset((ROW_COLUMN, REASON_COLUMN))
