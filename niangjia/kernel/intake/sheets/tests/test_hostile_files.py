"""Files made to do harm, or sent by mistake: the right sentence for each, and a living parent."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from niangjia.config.tests.cheap import seconds_worked
from niangjia.kernel.files.limits import ADDRESS_SPACE_BYTES
from niangjia.kernel.intake.sheets import Refusal, open_source, reading, workbook_source
from niangjia.kernel.intake.sheets.tests.corpus import (
    FAR_CELL,
    HOSTILE,
    ROSTERS,
    boxed,
    inline_rows,
    parts,
    sheet_xml,
)
from niangjia.kernel.intake.sheets.workbook_guard import WorkbookBox
from niangjia.kernel.intake.sheets.workbook_source import WorkbookChild

ROOT = Path(__file__).resolve().parents[5]


@pytest.mark.parametrize("kind", HOSTILE)
def test_each_bad_file_is_refused_with_what_to_do_next(kind: str, tmp_path: Path) -> None:
    make, code = HOSTILE[kind]
    path = make(tmp_path)
    began = seconds_worked()
    with pytest.raises(Refusal) as refused:
        for _batch in open_source(path, filename=path.name).batches():
            pass
    assert refused.value.code == code
    assert refused.value.reason.endswith("。")
    assert "请" in refused.value.reason
    assert seconds_worked() - began < 20


MEASURED = """
import resource, sys
from pathlib import Path
from niangjia.kernel.intake.sheets import Refusal, open_source
for name in sys.argv[1:]:
    try:
        for _batch in open_source(Path(name), filename=name).batches():
            pass
    except Refusal:
        pass
status = Path("/proc/self/status").read_text()
own = status.split("VmHWM:")[1].split()[0]
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, own)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_neither_child_nor_parent_grows_on_hostile_files(tmp_path: Path) -> None:
    paths = []
    for kind in ("far_cell", "block", "bomb", "columns_without_names", "lying_sizes"):
        folder = tmp_path / kind
        folder.mkdir()
        paths.append(str(HOSTILE[kind][0](folder)))
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *paths], cwd=ROOT, capture_output=True, text=True, check=True
    )
    child_kib, parent_kib = map(int, done.stdout.split())
    assert child_kib * 1024 <= ADDRESS_SPACE_BYTES
    assert parent_kib < 100 * 1024


def run_child(path: Path, patch: str) -> int:
    """Read the first sheet in a limited process of its own after `patch`; its exit code."""
    program = f"""
import sys
from niangjia.kernel.files.limits import limit_resources
from niangjia.kernel.intake.sheets import child, workbook_pieces
{patch}
class Nowhere:
    def write(self, body): return len(body)
    def flush(self): pass
child.answer({{"path": {str(path)!r}, "format": "xlsx", "task": "rows", "sheet": 0, "size": 100}}, Nowhere())
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, timeout=60, check=False)
    return done.returncode


OFF = "workbook_pieces.RowMarks.refuse_far_cells = lambda self, rows: None"


@pytest.mark.control("hostile-uploads")
def test_with_the_range_guard_off_a_far_cell_kills_the_child(tmp_path: Path) -> None:
    path = boxed(FAR_CELL)(tmp_path)
    assert run_child(path, f"limit_resources()\n{OFF}") < 0
    assert run_child(boxed(parts(sheet_xml(inline_rows([("甲",)]))))(tmp_path), f"limit_resources()\n{OFF}") == 0


def test_with_the_range_guard_off_the_parent_still_lives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second wall: a child that dies is a refusal."""
    monkeypatch.setattr(
        workbook_source,
        "CHILD",
        ("-c", f"from niangjia.kernel.intake.sheets import child, workbook_pieces\n{OFF}\nchild.main()"),
    )
    path = boxed(FAR_CELL)(tmp_path)
    with pytest.raises(Refusal) as refused:
        list(open_source(path, filename="x").batches())
    assert refused.value.code == "too_large"


@pytest.mark.control("hostile-uploads")
def test_with_the_limits_off_the_child_may_take_all_memory() -> None:
    """The block the limited child is refused is handed out to one without limits."""
    ask = f"bytearray({ADDRESS_SPACE_BYTES})"
    assert subprocess.run([sys.executable, "-c", ask], check=False).returncode == 0
    limited = f"from niangjia.kernel.files.limits import limit_resources; limit_resources(); {ask}"
    done = subprocess.run([sys.executable, "-c", limited], cwd=ROOT, capture_output=True, check=False)
    assert b"MemoryError" in done.stderr


def test_a_child_that_says_nothing_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_source, "CHILD", ("-c", "import time; time.sleep(60)"))
    monkeypatch.setattr(workbook_source, "SILENCE_SECONDS", 0.3)
    with pytest.raises(Refusal) as refused:
        open_source(ROSTERS["plain"](tmp_path), filename="x")
    assert refused.value.code == "too_long"


def test_a_plain_parser_would_have_followed_the_entities() -> None:
    bad = '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><r>&b;</r>'
    assert ET.fromstring(bad).text == "hahaha"  # noqa: S314 - the harm itself


def test_sizes_are_counted_as_they_unpack_and_not_believed(tmp_path: Path) -> None:
    box = WorkbookBox(HOSTILE["lying_sizes"][0](tmp_path))
    with pytest.raises(Refusal):
        box.part("xl/worksheets/sheet1.xml")


def test_a_reader_who_stops_early_leaves_no_child_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[WorkbookChild] = []

    class Noted(WorkbookChild):
        def __init__(self, request: dict[str, Any]) -> None:
            super().__init__(request)
            started.append(self)

    monkeypatch.setattr(reading, "WorkbookChild", Noted)
    batches = open_source(ROSTERS["plain"](tmp_path), filename="x").batches(size=1)
    next(batches)
    batches.close()
    assert len(started) == 2
    assert all(child._child.usage is not None for child in started)


def test_a_roster_longer_than_the_limit_is_sent_back_with_advice(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{at}"><c r="A{at}"><v>1</v></c></row>' for at in range(1, 301_100, 100))
    with pytest.raises(Refusal) as refused:
        list(open_source(boxed(parts(sheet_xml(rows)))(tmp_path), filename="x").batches())
    assert refused.value.code == "too_many_rows"
    assert "另存为 CSV" in refused.value.reason


def test_the_name_of_a_file_decides_nothing(tmp_path: Path) -> None:
    path = ROSTERS["plain"](tmp_path).rename(tmp_path / "roster.csv")
    assert reading.open_source(path, filename="roster.csv").kind == "xlsx"


def test_a_refusal_can_be_said_in_the_readers_language(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        open_source(HOSTILE["web_page"][0](tmp_path), filename="x")
    english = {refused.value.template: "A web page."}
    assert refused.value.said(english.__getitem__) == "A web page."
