"""Every odd or harmful file has its verdict, is read by a child that stays small, and leaves the parent alive."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from niangjia.kernel.files.limits import ADDRESS_SPACE_BYTES, PROCESSOR_SECONDS
from niangjia.kernel.intake.sheets.tests.corpus import HOSTILE
from niangjia.kernel.intake.sheets.tests.hostile_books import XLS, XLSX, Taken
from niangjia.kernel.intake.sheets.tests.hostile_others import ODS, TEXTS

ROOT = Path(__file__).resolve().parents[5]
CORPUS = HOSTILE | XLSX | XLS | ODS | TEXTS
# One of every kind, and those that ask for the most; the others are read in the deep run.
QUICK = frozenset(
    "far_cell bomb entities_in_sheet many_parts overlapping_parts wrong_checksum pdf_behind strings_bomb laughs_in_workbook "
    "entities_in_utf16 macros formulas_of_many_kinds all_very_hidden cell_beyond_names old_hidden old_far_cell "
    "old_password old_endless_chain ods_plain ods_wide ods_tall ods_block ods_blanks_bomb ods_entities ods_hidden_sheet "
    "ods_formulas marks_and_full_width long_line commas".split()
)
KINDS = [pytest.param(kind, marks=() if kind in QUICK else pytest.mark.deep) for kind in CORPUS]


@pytest.fixture(scope="module")
def parent() -> Iterator[subprocess.Popen[str]]:
    """One small process that reads all the files."""
    program = [sys.executable, "-m", "niangjia.kernel.intake.sheets.tests.small_parent"]
    with subprocess.Popen(program, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def read(parent: subprocess.Popen[str], path: Path) -> dict[str, Any]:
    """The parent's answer; the same parent lives through the whole corpus."""
    assert parent.stdin is not None
    assert parent.stdout is not None
    parent.stdin.write(f"{path}\n")
    parent.stdin.flush()
    answer: dict[str, Any] = json.loads(parent.stdout.readline())
    assert parent.poll() is None
    return answer


@pytest.mark.guard(
    "hostile-uploads",
    "Every odd or harmful file has its verdict; the child that reads it stays below 512 MiB and 20 s, and its parent lives.",
)
@pytest.mark.parametrize("kind", KINDS)
def test_each_odd_file_has_its_verdict(kind: str, tmp_path: Path, parent: subprocess.Popen[str]) -> None:
    make, expected = CORPUS[kind]
    answer = read(parent, make(tmp_path))
    verdict = answer["verdict"]
    if isinstance(expected, Taken):
        assert not isinstance(verdict, str), f"refused: {verdict}"
        assert (
            Taken(**{name: value if name == "formulas" else tuple(value) for name, value in verdict.items()})
            == expected
        )
    else:
        assert verdict == expected
    assert answer["seconds"] <= PROCESSOR_SECONDS
    for memory_bytes, processor_seconds in answer["used"]:
        assert memory_bytes <= ADDRESS_SPACE_BYTES
        assert processor_seconds <= PROCESSOR_SECONDS


def test_the_corpus_is_large_enough() -> None:
    assert len(CORPUS) >= 60
    assert set(CORPUS) >= QUICK
