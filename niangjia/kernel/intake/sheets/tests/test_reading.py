"""Every way in which people keep a roster gives the same people, with rows numbered as Excel counts."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path

import pytest

from niangjia.kernel.intake.sheets import (
    FormulaCell,
    Refusal,
    Roster,
    RowSorter,
    clean_text,
    find_roster,
    is_number,
    open_source,
    parse_day,
    workbook_guard,
    workbook_pieces,
)
from niangjia.kernel.intake.sheets.cells import NumberedRow
from niangjia.kernel.intake.sheets.child import _rows_of_piece
from niangjia.kernel.intake.sheets.tests.corpus import FIELDS, NAMES, PEOPLE, ROSTERS, TABLE, text
from niangjia.kernel.intake.sheets.workbook_source import numbered_rows


def people_of(path: Path) -> tuple[Roster, list[NumberedRow]]:
    source = open_source(path, filename=path.name)
    roster = find_roster(source, FIELDS)
    assert isinstance(roster, Roster), roster
    sorter = RowSorter(roster.header)
    rows = [row for batch in source.batches(roster.sheet) for row in batch]
    return roster, [row for row in rows if sorter.left_out(*row) is None]


@pytest.mark.parametrize("kind", ROSTERS)
def test_every_kind_of_roster_gives_the_same_people(kind: str, tmp_path: Path) -> None:
    roster, rows = people_of(ROSTERS[kind](tmp_path))
    index = roster.header.index
    assert [clean_text(cells[index["name"]]) for _number, cells in rows] == NAMES
    assert set(index) == {field.code for field in FIELDS}
    if kind != "numeric_ids":
        assert [clean_text(cells[index["id_number"]]) for _n, cells in rows] == [person[2] for person in PEOPLE]
    assert {parse_day(cells[index["joined_on"]]) for _n, cells in rows} == {date(2019, 3, 5)}


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [
        ("utf8", [2, 3, 4, 5, 6]),
        ("plain", [2, 3, 4, 5, 6]),
        ("rows_without_numbers", [2, 3, 4, 5, 6]),
        ("titles_text", [4, 5, 6, 7, 8]),
        ("titles_and_totals", [4, 5, 6, 7, 8]),
        ("double_header", [3, 4, 5, 6, 7]),
        ("blank_columns", [5, 6, 9, 10, 11]),
        ("page_breaks", [3, 4, 8, 9, 10]),
    ],
)
def test_rows_are_numbered_as_excel_counts(kind: str, numbers: list[int], tmp_path: Path) -> None:
    _roster, rows = people_of(ROSTERS[kind](tmp_path))
    assert [number for number, _cells in rows] == numbers


def test_a_quoted_line_break_is_one_row_and_a_blank_line_counts(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('姓名,身份证号\n"张\n三",1\n\n李四,2\n', encoding="utf-8")
    (batch,) = open_source(path, filename="a.csv").batches()
    assert batch == [(1, ["姓名", "身份证号"]), (2, ["张\n三", "1"]), (3, []), (4, ["李四", "2"])]


def test_a_number_cell_can_be_told_from_text(tmp_path: Path) -> None:
    roster, rows = people_of(ROSTERS["numeric_ids"](tmp_path))
    for _number, cells in rows:
        assert is_number(cells[roster.header.index["id_number"]])
        phone = cells[roster.header.index["phone"]]
        assert type(phone) is int
        assert len(str(phone)) == 11
    _roster, rows = people_of(ROSTERS["plain"](tmp_path))
    assert not any(is_number(cell) for _number, cells in rows for cell in cells)


def test_formulas_are_marked_with_the_value_last_shown(tmp_path: Path) -> None:
    _roster, rows = people_of(ROSTERS["formulas"](tmp_path))
    found = {(number, column): cell for number, cells in rows for column, cell in enumerate(cells)}
    marked = {place: cell for place, cell in found.items() if isinstance(cell, FormulaCell)}
    assert marked == {(3, 1): FormulaCell("高建军"), (4, 3): FormulaCell(13800130003)}


def test_hidden_rows_are_read_and_reported_and_hidden_sheets_only_reported(tmp_path: Path) -> None:
    path = ROSTERS["hidden"](tmp_path)
    source = open_source(path, filename="x")
    assert [(sheet.name, sheet.hidden) for sheet in source.sheets] == [("名册", False), ("旧名单", True)]
    rows = [row for batch in source.batches("名册") for row in batch]
    assert len(rows) == len(TABLE)
    assert source.hidden_rows("名册") == {3, 5}
    roster, _people = people_of(path)
    assert (roster.sheet, roster.left_out) == ("名册", ("旧名单",))


@pytest.mark.parametrize("kind", ["days", "days_1904"])
def test_days_arrive_as_days_in_both_date_systems(kind: str, tmp_path: Path) -> None:
    path = ROSTERS[kind](tmp_path)
    _roster, rows = people_of(path)
    assert [cells[4] for _number, cells in rows][:2] == [datetime(2019, 3, 5, 8), date(2019, 3, 5)]
    assert open_source(path, filename="x").epoch_1904 is (kind == "days_1904")


@pytest.mark.parametrize("kind", ["utf8", "plain"])
def test_batches_have_the_size_asked_for(kind: str, tmp_path: Path) -> None:
    batches = list(open_source(ROSTERS[kind](tmp_path), filename="x").batches(size=4))
    assert [len(batch) for batch in batches] == [4, 2]


def test_chinese_that_starts_late_in_a_file_is_still_read(tmp_path: Path) -> None:
    """A sample of plain ASCII says nothing about what follows."""
    path = tmp_path / "late.csv"
    path.write_bytes(b"name,id\r\n" + b"Anna,1\r\n" * 60_000 + "陈秀兰,2\r\n".encode("gb18030"))
    source = open_source(path, filename="late.csv")
    assert list(source.batches())[-1][-1] == (60_002, ["陈秀兰", "2"])
    with pytest.raises(UnicodeDecodeError):  # what a judgement by sample alone would have led to
        path.read_bytes().decode("utf-8")


def test_the_line_with_a_broken_letter_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.csv"
    path.write_bytes(text(TABLE).encode() * 2 + b"\xff\xfe,1\r\n" + text(TABLE).encode())
    with pytest.raises(Refusal) as refused:
        list(open_source(path, filename="x").batches())
    assert refused.value.code == "undecodable"
    assert "第 13 行" in refused.value.reason


def test_without_the_guard_an_open_quote_swallows_people(tmp_path: Path) -> None:
    lines = ['1,"陈秀兰', *[f"{at},张三" for at in range(100)], '7,李四"', "8,王五"]
    assert len(list(csv.reader(lines))) == 2


@pytest.mark.parametrize(
    "kind", ["plain", "rows_without_numbers", "prefixed_names", "formulas", "hidden", "libreoffice"]
)
def test_a_sheet_cut_into_pieces_reads_like_the_whole(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Long sheets are parsed piece by piece; here a piece is one row."""
    path = ROSTERS[kind](tmp_path)
    monkeypatch.setattr(workbook_pieces, "_FIRST_PIECE_BYTES", 1)
    monkeypatch.setattr(workbook_pieces, "PIECE_BYTES", 1)
    monkeypatch.setattr(workbook_guard, "_BLOCK_BYTES", 64)
    box = workbook_guard.WorkbookBox(path)
    part = workbook_guard.outline_of(box).sheets[0].part
    pieces = list(workbook_pieces.SheetCutter(box, part, epoch_1904=False).pieces())
    frames = [frame for piece in pieces for frame in _rows_of_piece(piece, 5000)]
    cut = [row for frame in frames if frame[0] == "rows" for row in numbered_rows(frame)]
    assert len(pieces) >= len(PEOPLE)
    assert [row for row in cut if any(row[1])] == [
        row for batch in open_source(path, filename="x").batches() for row in batch if any(row[1])
    ]
