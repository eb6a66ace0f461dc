import os
import shutil
import subprocess
from pathlib import Path

import pytest

from niangjia.config.environment import CHECKOUT

SCRIPTS = ("setup", "run", "test", "check", "bench")
TOOLS = ("bash", "cat", "cksum", "dirname", "id", "kill", "mkdir", "mktemp", "rm", "sed", "sleep", "tail", "grep")
WITHOUT_VENV = """#!/bin/sh
case "$*" in *ensurepip*) exit 1 ;; *) exit 0 ;; esac
"""
TOO_OLD = """#!/bin/sh
exit 1
"""

SETS_UP = (
    "requirements.lock",
    "requirements-dev.lock",
    "package-lock.json",
    "niangjia/config/vendor.py",
    "niangjia/config/trimming.py",
)


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A fresh copy of what set-up reads, and a machine that has nothing but the plainest tools."""
    shutil.copytree(CHECKOUT / "script", tmp_path / "home" / "script")
    for name in SETS_UP:
        (tmp_path / "home" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(CHECKOUT / name, tmp_path / "home" / name)
    (tmp_path / "bin").mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        if found:
            (tmp_path / "bin" / tool).symlink_to(found)
    return tmp_path


def set_up(bare: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(bare / "bin" / "bash"), str(bare / "home" / "script" / "setup"), *words],
        env={"PATH": str(bare / "bin"), "TMPDIR": str(bare)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def one_sentence_each(said: str) -> bool:
    english, chinese = said.strip().splitlines()
    return english.isascii() and not chinese.isascii()


@pytest.mark.parametrize("name", SCRIPTS)
def test_each_script_says_what_it_does(name):
    said = subprocess.run(
        [CHECKOUT / "script" / name, "-h"], capture_output=True, text=True, timeout=20, check=True
    ).stdout
    assert said.startswith(f"script/{name}")
    assert len(said.splitlines()) > 2


def test_without_python_one_sentence_says_what_to_install(bare):
    said = set_up(bare)
    assert said.returncode == 1
    assert "Python 3.11 or newer is missing" in said.stderr
    assert one_sentence_each(said.stderr)


@pytest.mark.parametrize(
    ("python", "sentence"), [(TOO_OLD, "Python 3.11 or newer is missing"), (WITHOUT_VENV, "no venv module")]
)
def test_a_python_that_will_not_do_is_told_in_one_sentence(bare, python, sentence):
    program = bare / "bin" / "python3"
    program.write_text(python, encoding="ascii")
    program.chmod(0o755)
    said = set_up(bare)
    assert said.returncode == 1
    assert sentence in said.stderr
    assert one_sentence_each(said.stderr)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_told_in_one_sentence(bare):
    (bare / "home").chmod(0o555)
    said = set_up(bare)
    (bare / "home").chmod(0o755)
    assert said.returncode == 1
    assert "Cannot write to" in said.stderr
    assert one_sentence_each(said.stderr)


def test_an_unknown_option_is_wrong_usage(bare):
    assert set_up(bare, "--nonsense").returncode == 2
