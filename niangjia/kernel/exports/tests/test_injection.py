"""Nothing in a file that leaves the house runs, whatever somebody is called."""

import csv
import re
import shutil
import subprocess
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from niangjia.kernel.exports import writing
from niangjia.kernel.exports.rules import Format
from niangjia.kernel.exports.tests.payloads import payloads
from niangjia.kernel.exports.writing import Heading, Mark, new_file
from niangjia.kernel.intake.sheets import FaultyRow, recognise, safe_workbook, write_faults
from niangjia.kernel.intake.sheets.header import Field
from niangjia.kernel.intake.sheets.safe_cells import csv_text

ROOT = Path(__file__).resolve().parents[4]
MARK = Mark("E000012", "zhou", "=1+1 安禾县总工会 周敏（zhou）2026-11-21 12:00 导出")
LIVE = re.compile(r'^[\s\u200b\ufeff\u2060\u3000\u00a0\x00-\x1f"“`]*[=+\-@＝＋－＠﹦﹢﹣﹫−]')
FORMULA = re.compile(r"<f[ >/]")
TEXTS = payloads()
NUMBERS = ["349921198003024466", "11010519491231002X", "000123", "1E5", "13800132206"]


def written(folder: Path, file_format: Format) -> Path:
    path = folder / f"list.{file_format.value}"
    headings = [Heading("姓名", "text"), Heading("=号码", "mono"), Heading("职工", "number")]
    with new_file(path, file_format, title="会员", mark=MARK, headings=headings) as file:
        for number, text in enumerate(TEXTS):
            file.add([text, NUMBERS[number % len(NUMBERS)], number])
    return path


def live_cells(path: Path) -> list[str]:
    """Cells of a CSV file that would run, however the program that opens it parts cells."""
    text = path.read_text(encoding="utf-8-sig")
    cells = [cell for sign in ",;\t|" for row in csv.reader(StringIO(text), delimiter=sign) for cell in row]
    return [cell for cell in cells if LIVE.match(cell)]


def sheet_xml(path: Path) -> str:
    with ZipFile(path) as box:
        return "".join(box.read(name).decode() for name in box.namelist() if name.startswith("xl/worksheets/sheet"))


def test_there_are_five_hundred_of_them():
    assert len(TEXTS) >= 500


@pytest.mark.guard(
    "export-no-live-formula", "Nothing in an exported file is taken for a formula by a spreadsheet program."
)
def test_a_csv_file_has_no_cell_that_runs(tmp_path):
    path = written(tmp_path, Format.CSV)
    assert live_cells(path) == []
    rows = list(csv.reader(StringIO(path.read_text(encoding="utf-8-sig"))))
    assert len(rows) == len(TEXTS) + 2
    assert {len(row) for row in rows[1:]} == {3}


@pytest.mark.guard(
    "export-no-live-formula", "Nothing in an exported file is taken for a formula by a spreadsheet program."
)
def test_a_workbook_has_no_formula_and_all_its_texts_are_texts(tmp_path):
    xml = sheet_xml(written(tmp_path, Format.XLSX))
    assert not FORMULA.search(xml)
    cells = re.findall(r"<c r=\"[A-Z]+\d+\"[^>]*?(?: t=\"(\w+)\")?>", xml)
    texts, numbers = [kind for kind in cells if kind], [kind for kind in cells if not kind]
    assert set(texts) == {"inlineStr"}
    assert len(numbers) == len(TEXTS)
    assert all(f"<t>{number}</t>" in xml for number in NUMBERS)


@pytest.mark.guard(
    "export-no-live-formula", "Nothing in an exported file is taken for a formula by a spreadsheet program."
)
def test_the_workbook_of_faults_is_written_in_the_same_way(tmp_path):
    fields = (Field("name", "姓名", required=True),)
    header = recognise([(1, ["姓名", "备注"])], fields)
    rows = [FaultyRow(number, "", [text, text], [(0, text)]) for number, text in enumerate(TEXTS, 2)]
    write_faults(tmp_path / "faults.xlsx", header=header, rows=rows)
    assert not FORMULA.search(sheet_xml(tmp_path / "faults.xlsx"))


@pytest.mark.control("export-no-live-formula")
def test_written_as_they_are_they_run(tmp_path, monkeypatch):
    monkeypatch.setattr(safe_workbook, "csv_text", str)
    assert len(live_cells(written(tmp_path, Format.CSV))) >= 500
    monkeypatch.setattr(safe_workbook, "_OPTIONS", {"constant_memory": True})
    monkeypatch.setattr(
        writing, "write_text", lambda sheet, row, column, text, look: sheet.write(row, column, text, look)
    )
    assert FORMULA.search(sheet_xml(written(tmp_path, Format.XLSX)))


def test_plain_words_and_days_stay_as_they_are():
    for text in (
        "陈桂兰",
        "阿不都·买买提",
        "2014-05-01",
        "13800132206",
        "柳林镇总工会（筹）",
        "138****2206",
        "A-3",
        "138-0013-2206",
    ):
        assert csv_text(text) == text


def test_numbers_that_a_program_would_spoil_are_marked_as_text():
    assert [csv_text(number) for number in NUMBERS[:4]] == [f"'{number}" for number in NUMBERS[:4]]


def test_workbooks_are_written_in_one_place_alone():
    """The demo's own rosters are the one exception: they look as people's files look."""
    users = {
        str(path.relative_to(ROOT / "niangjia"))
        for path in (ROOT / "niangjia").rglob("*.py")
        if "tests" not in path.parts
        and re.search(r"^(?:import|from) (?:xlsxwriter|csv)\b", path.read_text("utf-8"), re.MULTILINE)
    }
    assert {each for each in users if "xlsxwriter" in (ROOT / "niangjia" / each).read_text("utf-8")} == {
        "kernel/intake/sheets/safe_workbook.py",
        "demo/rosters.py",
    }


@pytest.mark.deep
@pytest.mark.parametrize("file_format", list(Format))
def test_libreoffice_finds_no_formula(tmp_path, file_format):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice on this machine")
    path = written(tmp_path, file_format)
    subprocess.run(
        [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "fods",
         "--outdir", str(tmp_path), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    document = (tmp_path / "list.fods").read_text("utf-8")
    assert "table:table-cell" in document
    assert "table:formula" not in document
    assert "349921198003024466" in document
