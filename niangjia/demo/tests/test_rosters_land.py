"""The demo rosters through the import: every row ends as its maker said it would."""

from argparse import Namespace
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from niangjia.demo import rosters, services
from niangjia.demo.rules import ANHE
from niangjia.demo.rules.rosters import Roster, liulin_roster, shuntong_roster
from niangjia.kernel import clock
from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.registers.members.roster.commands import import_members
from niangjia.registers.members.rules import ROSTER_FAULTS, ROSTER_WARNINGS

HEADS = 4  # title rows and the double header


def _excel_row(number: int) -> int:
    return HEADS + number + (number > rosters._BLANK_AFTER)


def _expected_remarks(roster: Roster) -> set[tuple[int, str]]:
    numbered = enumerate(roster.lines, 1)
    return {
        (_excel_row(number), line.expect)
        for number, line in numbered
        if line.expect not in {"created", "updated", "unchanged"}
    }


def _expected_counts(roster: Roster) -> dict[str, int]:
    counts = Counter[str]()
    for line in roster.lines:
        if line.expect == "active_elsewhere":
            counts["conflicts"] += 1
        elif line.expect in ROSTER_FAULTS:
            counts["rejected"] += 1
        else:
            counts["created" if line.expect in ROSTER_WARNINGS else line.expect] += 1
    return dict(counts)


def _bring(path: Path, roster: Roster) -> dict[str, Any]:
    return import_members(Namespace(file=path, unit=roster.unit_code, dry_run=False, mapping=None, sheet="")).body


@pytest.mark.django_db(transaction=True)
def test_each_row_of_the_demo_rosters_ends_as_planned(tmp_path: Path) -> None:
    on = clock.today()
    with transaction.atomic(), beyond(Purpose.SEED):
        services._load_county(ANHE, above=None, on=on)
    workbook, text = rosters.write_rosters(tmp_path, on=on)
    roster = liulin_roster(on=on)
    body = _bring(workbook, roster)
    said = {(entry["row"], entry["code"]) for entry in (*body["faults"], *body["warnings"])}
    assert said - {(0, "hidden_sheet")} == _expected_remarks(roster)
    assert {name: body[name] for name in _expected_counts(roster)} == _expected_counts(roster)
    assert body["rows_in"] == len(roster.lines)
    drivers = shuntong_roster(on=on)
    body = _bring(text, drivers)
    assert {name: body[name] for name in _expected_counts(drivers)} == _expected_counts(drivers)


def test_the_plan_of_a_roster_counts_every_row() -> None:
    roster = liulin_roster(on=date(2026, 11, 20))
    assert sum(_expected_counts(roster).values()) == len(roster.lines)
