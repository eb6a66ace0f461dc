"""The two demo rosters as files."""

import csv
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from niangjia.demo.rosters import TEXT, WORKBOOK, write_rosters
from niangjia.demo.rules.rosters import Roster, liulin_roster, shuntong_roster
from niangjia.registers.members.rules import ROSTER_FAULTS, ROSTER_WARNINGS

ON = date(2026, 11, 20)
COUNTS = {"created", "updated", "unchanged"}


@pytest.fixture(scope="module")
def liulin() -> Roster:
    return liulin_roster(on=ON)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("rosters")
    write_rosters(place, on=ON)
    return place


def test_every_row_says_what_should_become_of_it(liulin: Roster) -> None:
    expected = {line.expect for line in liulin.lines}
    assert expected <= COUNTS | set(ROSTER_FAULTS) | set(ROSTER_WARNINGS)
    assert len(expected & set(ROSTER_FAULTS)) >= 14
    assert expected >= COUNTS


def test_people_of_the_rosters_are_new_where_they_should_be(liulin: Roster) -> None:
    numbers = [
        str(line.cells["身份证号"])
        for roster in (liulin, shuntong_roster(on=ON))
        for line in roster.lines
        if line.expect == "created"
    ]
    twins = [line for line in liulin.lines if line.expect == "duplicate_differs"]
    assert len(set(numbers)) == len(numbers)
    assert all(line.cells["身份证号"] in numbers for line in twins)


def test_the_workbook_is_as_ugly_as_they_come(folder: Path, liulin: Roster) -> None:
    book = openpyxl.load_workbook(folder / WORKBOOK)
    sheet = book.worksheets[0]
    assert len(sheet.merged_cells.ranges) >= 7
    assert book.worksheets[1].sheet_state == "hidden"
    assert [row for row, shape in sheet.row_dimensions.items() if shape.hidden]
    assert sheet.cell(sheet.max_row, 1).value == "合计"
    values = [cell.value for row in sheet.iter_rows() for cell in row]
    assert [value for value in values if isinstance(value, int | float) and value > 10**17]
    assert [value for value in values if isinstance(value, str) and value.startswith("=")]
    assert [value for value in values if isinstance(value, str) and "\u00a0" in value]
    assert sheet.max_row == len(liulin.lines) + 6


def test_the_text_file_is_gb18030_and_nothing_else(folder: Path) -> None:
    raw = (folder / TEXT).read_bytes()
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
    rows = list(csv.reader(raw.decode("gb18030").splitlines()))
    assert rows[0][:3] == ["序号", "职工姓名", "公民身份号码"]
    assert rows[1][2].endswith("\t")
    assert rows[-1][0] == "合计"


def test_the_same_day_gives_the_same_rows(liulin: Roster) -> None:
    assert liulin_roster(on=ON) == liulin
