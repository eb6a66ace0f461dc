"""The file itself: what it says of itself, and what it does not say of the machine."""

import getpass
import platform
import re
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from niangjia.kernel.exports import writing
from niangjia.kernel.exports.models import ExportRequest
from niangjia.kernel.exports.rules import Format
from niangjia.kernel.exports.writing import Heading, Mark, new_file
from niangjia.kernel.intake.sheets import safe_workbook

MARK = Mark("E000012", "zhou", "安禾县总工会 周敏（zhou）2026-11-21 12:00 导出，用途：核对名册。编号 E000012")
HEADINGS = [Heading("姓名", "text"), Heading("手机", "mono"), Heading("职工", "number")]


def workbook(folder: Path, rows: int = 3) -> Path:
    path = folder / "export.xlsx"
    with new_file(path, Format.XLSX, title="会员", mark=MARK, headings=HEADINGS) as file:
        for number in range(rows):
            file.add([f"王{number}", "138****2206", number])
    return path


def parts(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as box:
        assert {each.date_time for each in box.infolist()} == {(1980, 1, 31, 0, 0, 0)}
        return {name: box.read(name) for name in box.namelist()}


def told(path: Path) -> str:
    """Everything that a file says of itself beside its rows."""
    found = parts(path)
    return "".join(body.decode() for name, body in found.items() if name.startswith("docProps"))


def fault_of(path: Path, folder: Path) -> str:
    """What a file gives away, or nothing."""
    whole = b"".join(body for name, body in parts(path).items() if not name.endswith(".png")).decode()
    properties = told(path)
    secrets = (str(folder), platform.node() or "?", "tmp/pytest", getpass.getuser())
    given = [secret for secret in secrets if re.search(rf"(?<!\w){re.escape(secret)}(?!\w)", whole)]
    days = [day for day in re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", properties) if day != "2000-01-01T00:00:00Z"]
    names = re.findall(r"<(?:dc:creator|cp:lastModifiedBy|Company|Manager)>([^<]+)<", properties)
    return " ".join([*given, *days, *names])


@pytest.mark.guard(
    "export-clean-metadata", "A file names no person, machine, folder or day beside the mark that all may read."
)
def test_the_properties_of_a_workbook_hold_its_number_and_nothing_else(tmp_path):
    path = workbook(tmp_path)
    assert fault_of(path, tmp_path) == ""
    assert "<vt:lpwstr>E000012</vt:lpwstr>" in told(path)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["export.xlsx"]


@pytest.mark.control("export-clean-metadata")
def test_a_workbook_as_the_library_makes_it_tells_the_day(tmp_path, monkeypatch):
    monkeypatch.setattr(safe_workbook, "_BLANK_PROPERTIES", {"author": getpass.getuser()})
    assert fault_of(workbook(tmp_path), tmp_path)


def test_the_mark_stands_in_the_first_row_on_every_page_and_behind_the_cells(tmp_path):
    path = workbook(tmp_path)
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet["A1"].value == MARK.sentence
    assert [cell.value for cell in sheet[2]] == ["姓名", "手机", "职工"]
    assert [cell.value for cell in sheet[3]] == ["王0", "138****2206", 0]
    assert MARK.sentence in sheet.oddHeader.left.text
    assert "E000012" in sheet.oddFooter.left.text
    found = parts(path)
    assert b"<picture r:id=" in found["xl/worksheets/sheet1.xml"]
    picture = found["xl/media/image1.png"]
    assert picture.startswith(b"\x89PNG")
    assert not re.search(rb"tEXt|iTXt|tIME|eXIf", picture)


def test_a_picture_of_a_name_that_is_not_ascii_is_drawn_all_the_same():
    assert writing._tile("E000001  周敏") != writing._tile("E000002  周敏")


def test_the_name_of_a_file_names_nobody():
    export = ExportRequest(pk=7, file_format="csv", source="members", asked_at=datetime(2026, 11, 21, tzinfo=UTC))
    assert export.file_name == "niangjia-E000007.csv"


def test_values_stand_in_a_file_as_they_sort():
    assert writing.cell_of(None) == ""
    assert writing.cell_of(True) == "True"
    assert writing.cell_of(12) == 12
