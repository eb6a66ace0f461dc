"""The workbook of refused rows: nothing in it calculates, and mended it can be imported as it is."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from niangjia.kernel.intake.sheets import (
    REASON_COLUMN,
    ROW_COLUMN,
    Cell,
    FaultyRow,
    FormulaCell,
    Header,
    Roster,
    RowSorter,
    find_roster,
    is_number,
    open_source,
    recognise,
    write_faults,
)
from niangjia.kernel.intake.sheets.columns import column_letters, column_number
from niangjia.kernel.intake.sheets.tests.corpus import FIELDS, HEADER, PEOPLE

FOUND = recognise([(3, [*HEADER, "", "=cmd()"])], FIELDS)
assert isinstance(FOUND, Header)
HEAD: Header = FOUND


def faults(folder: Path, *rows: Sequence[Cell], wrong: int | None = 2) -> Path:
    path = folder / "faults.xlsx"
    made = [
        FaultyRow(at, "名册", cells, [(wrong, "最后一位对不上。请对照身份证再看一遍。")])
        for at, cells in enumerate(rows, 7)
    ]
    assert write_faults(path, header=HEAD, rows=made) == len(rows)
    return path


def test_the_mended_workbook_is_read_like_the_original(tmp_path: Path) -> None:
    path = faults(tmp_path, *map(list, PEOPLE))
    source = open_source(path, filename="faults.xlsx")
    roster = find_roster(source, FIELDS)
    assert isinstance(roster, Roster)
    assert roster.header.fingerprint == HEAD.fingerprint
    assert roster.left_out == ("说明",)
    assert [column.written for column in roster.header.columns if column.how == "own"] == [ROW_COLUMN, REASON_COLUMN]
    rows = [cells for batch in source.batches(roster.sheet) for _number, cells in batch][1:]
    for person, cells in zip(PEOPLE, rows, strict=True):
        assert [cells[roster.header.index[field.code]] for field in FIELDS] == [person[at] for at in (1, 2, 3, 4, 5)]


def test_a_faults_workbook_of_a_faults_workbook_adds_no_second_pair_of_columns(tmp_path: Path) -> None:
    source = open_source(faults(tmp_path, *map(list, PEOPLE)), filename="x")
    roster = find_roster(source, FIELDS)
    assert isinstance(roster, Roster)
    sorter = RowSorter(roster.header)
    rows = [row for batch in source.batches(roster.sheet) for row in batch if sorter.left_out(*row) is None]
    again = tmp_path / "again.xlsx"
    write_faults(
        again, header=roster.header, rows=[FaultyRow(number, "", cells, [(4, "还不对。")]) for number, cells in rows]
    )
    twice = find_roster(open_source(again, filename="x"), FIELDS)
    assert isinstance(twice, Roster)
    assert [column.written for column in twice.header.columns] == [ROW_COLUMN, REASON_COLUMN, *HEADER, "=cmd()"]


HOSTILE_TEXTS = [
    "=1+1",
    "+8613800130001",
    "-1",
    "@x",
    "\t=1",
    "＝1+1",
    '=HYPERLINK("http://x","y")',
    "{=1}",
    "http://x",
]


def test_no_text_becomes_a_formula_or_a_link(tmp_path: Path) -> None:
    path = faults(tmp_path, *[[text] * 6 for text in HOSTILE_TEXTS])
    with zipfile.ZipFile(path) as box:
        xml = box.read("xl/worksheets/sheet1.xml")
        assert b"<f" not in xml
        assert b"hyperlink" not in xml
    rows = [cells for batch in open_source(path, filename="x").batches() for _number, cells in batch][1:]
    assert [cells[2] for cells in rows] == HOSTILE_TEXTS


def test_written_carelessly_the_same_text_would_calculate(tmp_path: Path) -> None:
    path = tmp_path / "careless.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write(0, 0, "=1+1")
    with zipfile.ZipFile(path) as box:
        assert b"<f>" in box.read("xl/worksheets/sheet1.xml")


def test_every_value_comes_back_as_text(tmp_path: Path) -> None:
    cells: list[Cell] = [1, "陈秀兰", 3.49921199003070e17, 13800130001, date(2019, 3, 5), FormulaCell("甲")]
    path = faults(tmp_path, cells)
    (row,) = [row for batch in open_source(path, filename="x").batches() for _number, row in batch][1:]
    assert not any(map(is_number, row))
    assert row[:8] == [
        "7",
        "身份证号：最后一位对不上。请对照身份证再看一遍。",
        "1",
        "陈秀兰",
        "3.4992119900307e+17？",
        "13800130001",
        "2019-03-05",
        "甲",
    ]


def test_columns_are_text_so_that_a_retyped_number_stays_whole(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(faults(tmp_path, list(PEOPLE[0]))).worksheets[0]
    assert sheet["E2"].number_format == "@"
    assert sheet.column_dimensions["C"].number_format == "@"
    assert sheet["E2"].fill.fgColor.rgb != sheet["F2"].fill.fgColor.rgb


def test_a_row_that_is_wrong_as_a_whole_says_so_without_a_column(tmp_path: Path) -> None:
    path = faults(tmp_path, list(PEOPLE[0]), wrong=None)
    assert openpyxl.load_workbook(path).worksheets[0]["B2"].value == "最后一位对不上。请对照身份证再看一遍。"


def test_the_file_tells_nothing_about_its_maker(tmp_path: Path) -> None:
    properties = openpyxl.load_workbook(faults(tmp_path, list(PEOPLE[0]))).properties
    assert not properties.creator
    assert not properties.lastModifiedBy
    assert properties.created is not None
    assert properties.created.year == 2000


def test_two_workbooks_of_the_same_rows_are_the_same_file(tmp_path: Path) -> None:
    first = faults(tmp_path, list(PEOPLE[0])).read_bytes()
    assert faults(tmp_path, list(PEOPLE[0])).read_bytes() == first


@pytest.mark.parametrize(("column", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_columns_are_lettered_like_a_sheet(column: int, letters: str) -> None:
    assert column_letters(column) == letters
    assert column_number(letters) == column
