"""What a received roster looks like before anything is read: its sheets, its header, what each column would become."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from niangjia.kernel.chinese import gettext_noop as _
from niangjia.kernel.intake.models import Import, RememberedColumn
from niangjia.kernel.intake.sheets import (
    FormulaCell,
    Header,
    MissingColumns,
    NumberedRow,
    Refusal,
    RowSorter,
    Source,
    clean_text,
    first_rows,
    open_source,
    recognise,
)
from niangjia.kernel.people.masks import masked_number, masked_phone
from niangjia.registers.members.roster.columns import FIELDS
from niangjia.registers.members.roster.services import KIND, RosterFile

PHONE_DIGITS = 11
LONGEST_SHOWN_NUMBER = 6
SHOWN_LENGTH = 32
_LONG_NUMBER = re.compile(r"\d{14,}[\dXx]?")
_DAY = re.compile(r"(19|20)\d{2}(\s*[-./年]\s*\d{1,2}|[01]\d([0-3]\d)?$)")


@dataclass(frozen=True)
class ColumnLook:
    """A column (列): as written, what it becomes, by what right, and the first row's cell with numbers masked."""

    index: int
    written: str
    field: str
    how: str
    sample: str
    # What it would become if nobody said anything this time.
    usual: str


@dataclass(frozen=True)
class SheetLook:
    """A sheet (工作表) as the person decides upon it; `missing` are the labels of required columns nobody has named yet."""

    sheet: str
    columns: tuple[ColumnLook, ...]
    missing: tuple[str, ...]
    # the visible sheets that name people, this one among them
    sheets: tuple[str, ...]
    hidden: tuple[str, ...]
    # what is doubtful about the file as a whole, by code
    warnings: tuple[str, ...] = ()


def file_of(batch: Import) -> RosterFile:
    """The sealed upload of an import."""
    return RosterFile(batch.file_name, batch.file_bytes, bytes(batch.file_sha256), stored_as=batch.stored_as)


def look_through(batch: Import, *, sheet: str = "", given: Mapping[str, str] | None = None) -> SheetLook:
    """Open the file and look; raises `Refusal` where nobody could say which column is what."""
    with file_of(batch).opened() as path:
        return look_at_source(
            open_source(path, filename=batch.file_name), place_id=batch.place_id, sheet=sheet, given=given
        )


def look_at_source(
    source: Source, *, place_id: int | None, sheet: str = "", given: Mapping[str, str] | None = None
) -> SheetLook:
    """The sheet asked for, or the first whose header has all it needs, or the most promising one."""
    said = dict(RememberedColumn.objects.filter(kind=KIND, place=place_id or 0).values_list("header", "field"))
    visible = [info.name for info in source.sheets if not info.hidden]
    tops = {name: first_rows(source, name) for name in visible}
    found = {name: recognise(rows, FIELDS, remembered=said, given=given) for name, rows in tops.items()}
    name = sheet if sheet in found else _most_promising(found)
    answer = found[name]
    header = answer if isinstance(answer, Header) else answer.header
    if header is None:
        raise answer if isinstance(answer, Refusal) else Refusal("no_header", _NO_HEADER)
    usual = recognise(tops[name], FIELDS, remembered=said)
    return SheetLook(
        sheet=name,
        columns=_columns(header, _fields(usual), tops[name]),
        missing=tuple(field.label for field in FIELDS if field.required and field.code not in header.index),
        sheets=tuple(each for each in visible if each == name or _names_people(found[each])),
        hidden=tuple(info.name for info in source.sheets if info.hidden),
        warnings=source.warnings,
    )


def _most_promising(found: Mapping[str, Header | MissingColumns]) -> str:
    whole = [name for name, answer in found.items() if isinstance(answer, Header)]
    if whole:
        return whole[0]
    if not found:
        raise Refusal("no_sheet", _NO_SHEET)
    return max(found, key=lambda name: len(_fields(found[name])) if _header(found[name]) else -1)


def _header(answer: Header | MissingColumns) -> Header | None:
    return answer if isinstance(answer, Header) else answer.header


def _fields(answer: Header | MissingColumns) -> dict[int, tuple[str, str]]:
    """Column → (field, by what right), for the columns that become something."""
    header = _header(answer)
    return {column.index: (column.field, column.how) for column in header.columns if column.field} if header else {}


def _names_people(answer: Header | MissingColumns) -> bool:
    return isinstance(answer, Header) or len(_fields(answer)) > 1


def _columns(
    header: Header, usual: Mapping[int, tuple[str, str]], rows: Sequence[NumberedRow]
) -> tuple[ColumnLook, ...]:
    sorter = RowSorter(header)
    first: Sequence[Any] = next((cells for number, cells in rows if sorter.left_out(number, cells) is None), ())
    looks = []
    for column in header.columns:
        before, how_before = usual.get(column.index, ("", column.how))
        field = column.field or ""
        how = how_before if column.how == "given" and field == before else column.how
        sample = masked(first[column.index]) if column.index < len(first) else ""
        looks.append(ColumnLook(column.index, column.written, field, how, sample, before))
    return tuple(looks)


def masked(cell: Any) -> str:
    """A cell as it may be shown beside its header: long numbers are somebody's, whatever the column is called."""
    text = clean_text(cell.cached if isinstance(cell, FormulaCell) else cell)[:SHOWN_LENGTH]
    digits = sum(mark.isdigit() for mark in text)
    if digits == len(text) == PHONE_DIGITS:
        return masked_phone(text)
    if digits > LONGEST_SHOWN_NUMBER and not _DAY.match(text):
        return masked_number(text)
    return text


def masked_numbers(text: str) -> str:
    """A sentence as it may be shown: columns slip, and then a whole number stands where a word should."""
    return _LONG_NUMBER.sub(lambda found: masked_number(found[0]), text)


_NO_HEADER = _("没有找到表头。表里要有一行写着各列的名字，其中要有姓名和证件号码。")
_NO_SHEET = _("这份文件里没有能读的工作表。请打开看看名单在不在，保存好再传一次。")
