"""Fixtures of the tests of rosters."""

import pytest

from niangjia.kernel.intake.sheets import workbook_source
from niangjia.kernel.intake.sheets.tests.read_here import ReadHere


@pytest.fixture
def workbooks_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """No child process for each look at a file; for tests of pages and rows."""
    monkeypatch.setattr(workbook_source, "LimitedChild", ReadHere)
