"""Tests of the tree as a whole: the checks, and the documents."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "script"))


@pytest.fixture
def root() -> Path:
    return ROOT
