"""The same roster gets the same verdict row for row, whatever format it comes in."""

import shutil
import subprocess
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
import xlwt

from niangjia.kernel.intake.sheets import Header, RowSorter, open_source, recognise
from niangjia.kernel.intake.sheets.tests.hostile_others import ods, ods_cell
from niangjia.registers.members.roster.checking import RowChecker
from niangjia.registers.members.roster.columns import FIELDS
from niangjia.registers.members.roster.tests.desk import HEADER, good_row, id_number

TODAY = date(2026, 11, 20)
SHEET = "名册"
# A title, the header, and rows that are right, wrong in one way each, blank, and a total; all cells are text.
ROWS: list[list[str]] = [
    ["安禾县工会会员名册", "", "", "", ""],
    list(HEADER),
    good_row(1),
    good_row(2, 身份证号码=f"　{id_number(2)}\u200b", 联系电话="１３７００００００02"),
    good_row(3, 身份证号码="3.49921E+17"),
    good_row(4, 身份证号码="349921850312001"),
    good_row(5, 身份证号码=""),
    good_row(6, 姓名=""),
    ["", "", "", "", ""],
    good_row(7, 联系电话="12345"),
    good_row(8, 身份证号码=id_number(8, born=date(2015, 1, 1))),
    good_row(9, 身份证号码=id_number(9)[:-1] + ("1" if id_number(9)[-1] != "1" else "2"), 备注="=1+1"),
    ["合计", "", "9人", "", ""],
]
Write = Callable[[Path], Path]


def as_text(encoding: str, delimiter: str = ",", name: str = "roster.csv", mark: bytes = b"") -> Write:
    def write(folder: Path) -> Path:
        lines = "".join(delimiter.join(row) + "\r\n" for row in ROWS)
        (folder / name).write_bytes(mark + lines.encode(encoding))
        return folder / name

    return write


def as_xlsx(name: str = "roster.xlsx") -> Write:
    def write(folder: Path) -> Path:
        with xlsxwriter.Workbook(str(folder / name)) as book:
            book.set_properties({"created": datetime(2026, 11, 1)})
            sheet = book.add_worksheet(SHEET)
            sheet.merge_range(0, 0, 0, 4, "")
            for at, row in enumerate(ROWS):
                for column, value in enumerate(row):
                    if value:
                        sheet.write_string(at, column, value)
        return folder / name

    return write


def as_xls(name: str = "roster.xls") -> Write:
    def write(folder: Path) -> Path:
        book = xlwt.Workbook()
        sheet = book.add_sheet(SHEET)
        for at, row in enumerate(ROWS):
            for column, value in enumerate(row):
                if value:
                    sheet.write(at, column, value)
        book.save(str(folder / name))
        return folder / name

    return write


def as_ods(folder: Path) -> Path:
    blank = "<table:table-cell/>"
    rows = "".join(
        f"<table:table-row>{''.join(ods_cell(value) if value else blank for value in row)}</table:table-row>"
        for row in ROWS
    )
    return ods(rows)(folder)


def converted(ending: str) -> Write:
    """As LibreOffice saves it."""

    def write(folder: Path) -> Path:
        office = shutil.which("soffice")
        if office is None:
            pytest.skip("LibreOffice is not on this machine")
        source = as_xlsx()(folder)
        where = f"-env:UserInstallation=file://{folder}/office"
        command = [office, where, "--headless", "--convert-to", ending, "--outdir", str(folder / "out"), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return folder / "out" / f"roster.{ending}"

    return write


FORMATS: dict[str, Write] = {
    "xlsx": as_xlsx(),
    "xlsm": as_xlsx("roster.xlsm"),
    "xls": as_xls(),
    "et": as_xls("roster.et"),
    "ods": as_ods,
    "utf8": as_text("utf-8"),
    "utf8_bom": as_text("utf-8-sig"),
    "utf16_le": as_text("utf-16-le", mark=b"\xff\xfe"),
    "utf16_be": as_text("utf-16-be", mark=b"\xfe\xff"),
    "gb18030": as_text("gb18030"),
    "tabs": as_text("utf-8", "\t", "roster.txt"),
}
OFFICE = ("ods", "xls", "xlsx")


def verdicts(path: Path) -> list[tuple[int, str, tuple[str, ...]]]:
    """Row for row: its number, the name, and what is remarked in it."""
    source = open_source(path, filename=path.name)
    rows = [row for batch in source.batches() for row in batch]
    header = recognise(rows, FIELDS)
    assert isinstance(header, Header)
    sorter = RowSorter(header)
    checker = RowChecker(header.index, on=TODAY, unit_id=1, find_union=lambda _words: 1, epoch_1904=source.epoch_1904)
    found = []
    for number, cells in rows:
        if sorter.left_out(number, cells) is None:
            checked = checker.check(list(cells))
            remarks = tuple(f"{remark.field}.{remark.reason.code}" for remark in checked.remarks)
            found.append((number, checked.name, remarks))
    return found


EXPECTED_FAULTS = [0, 0, 1, 1, 1, 1, 1, 1, 1]


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_gets_the_same_verdicts(form: str, tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    expected = verdicts(FORMATS["utf8"](tmp_path / "plain"))
    assert [len(remarks) for _number, _name, remarks in expected] == EXPECTED_FAULTS
    assert verdicts(FORMATS[form](tmp_path)) == expected


@pytest.mark.deep
@pytest.mark.parametrize("ending", OFFICE)
def test_what_another_program_saved_gets_the_same_verdicts(ending: str, tmp_path: Path) -> None:
    assert verdicts(converted(ending)(tmp_path)) == verdicts(FORMATS["utf8"](tmp_path))
