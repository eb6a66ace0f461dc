"""Hotspots: nobody works a small group out of what is published, by subtraction or by any other reckoning."""

from datetime import date
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from niangjia.services.requests.rules.hotspots import (
    ALL,
    K_GRIEVANCES,
    Key,
    Table,
    bounds,
    published,
    quarter_of,
    told_apart,
    withheld,
)

COUNTS = st.one_of(st.integers(0, 14), st.integers(0, 60))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table of a few places by a few topics, with small counts among larger ones."""
    rows = tuple(f"r{n}" for n in range(draw(st.integers(1, 4))))
    columns = tuple(f"c{n}" for n in range(draw(st.integers(1, 4))))
    return Table(rows, columns, {key: draw(COUNTS) for key in product(rows, columns)})


def _equations(table: Table) -> list[dict[Key, int]]:
    """What everybody knows of a table: rows and columns add up to their sums, and these to the whole."""
    rows, columns = (*table.rows, ALL), (*table.columns, ALL)
    across = [{(row, column): -1 if column == ALL else 1 for column in columns} for row in rows]
    down = [{(row, column): -1 if row == ALL else 1 for row in rows} for column in columns]
    return across + down


def worked_out(table: Table, shown: dict[Key, int | None]) -> dict[Key, int]:
    """The attack by subtraction: every withheld figure that the published ones fix by equations alone."""
    unknown = [key for key, value in shown.items() if value is None]
    lines = []
    for equation in _equations(table):
        known = sum(factor * (shown[key] or 0) for key, factor in equation.items())
        lines.append([Fraction(equation.get(key, 0)) for key in unknown] + [Fraction(-known)])
    row = 0
    for column in range(len(unknown)):
        found = next((at for at in range(row, len(lines)) if lines[at][column]), None)
        if found is None:
            continue
        lines[row], lines[found] = lines[found], lines[row]
        lines[row] = [value / lines[row][column] for value in lines[row]]
        for at, line in enumerate(lines):
            if at != row and line[column]:
                lines[at] = [mine - line[column] * other for mine, other in zip(line, lines[row], strict=True)]
        row += 1
    fixed = [line for line in lines[:row] if sum(map(bool, line[:-1])) == 1]
    return {unknown[next(at for at, value in enumerate(line) if value)]: int(line[-1]) for line in fixed}


@settings(max_examples=150, deadline=None)
@given(tables())
def test_no_figure_below_k_is_told_and_none_can_be_worked_out(table: Table) -> None:
    shown = published(table, k=K_GRIEVANCES)
    hidden = withheld(table, k=K_GRIEVANCES)
    assert all(value is None or value >= K_GRIEVANCES for value in shown.values())
    assert all(value == table.value(*key) for key, value in shown.items() if value is not None)
    assert worked_out(table, shown) == {}
    for key in hidden:
        low, high = bounds(table, hidden, key)
        assert low <= table.value(*key) <= high
        assert high - low >= K_GRIEVANCES


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 7), min_size=4, max_size=4))
def test_the_bounds_are_those_that_trying_everything_finds(counts: list[int]) -> None:
    table = Table(("a", "b"), ("x", "y"), dict(zip(product("ab", "xy"), counts, strict=True)))
    hidden = frozenset(product("ab", "xy"))
    sums = [table.value(*key) for key in (("a", ALL), ("b", ALL), (ALL, "x"), (ALL, "y"))]
    fitting = [
        values for values in product(range(15), repeat=4)
        if [values[0] + values[1], values[2] + values[3], values[0] + values[2], values[1] + values[3]] == sums
    ]  # fmt: skip
    for at, key in enumerate(product("ab", "xy")):
        assert bounds(table, hidden, key) == (min(v[at] for v in fitting), max(v[at] for v in fitting))


@pytest.mark.guard(
    "hotspots-hide-small-groups", "no count below ten can be worked out of a published table of grievances"
)
def test_a_single_small_cell_takes_others_with_it() -> None:
    table = Table(("柳林镇", "白塔镇"), ("wages", "safety"), {("柳林镇", "wages"): 40, ("柳林镇", "safety"): 3,
                                                    ("白塔镇", "wages"): 30, ("白塔镇", "safety"): 25})  # fmt: skip
    assert worked_out(table, published(table, k=K_GRIEVANCES)) == {}


@pytest.mark.control("hotspots-hide-small-groups")
def test_withholding_the_small_cell_alone_gives_it_away() -> None:
    table = Table(("柳林镇", "白塔镇"), ("wages", "safety"), {("柳林镇", "wages"): 40, ("柳林镇", "safety"): 3,
                                                    ("白塔镇", "wages"): 30, ("白塔镇", "safety"): 25})  # fmt: skip
    naive = {key: value if (value := table.value(*key)) >= K_GRIEVANCES else None for key in table.keys()}  # noqa: SIM118 - not a mapping
    assert worked_out(table, naive) == {("柳林镇", "safety"): 3}


def test_a_table_with_nothing_small_is_told_whole() -> None:
    table = Table(("a", "b"), ("x",), {("a", "x"): 12, ("b", "x"): 30})
    assert None not in published(table, k=K_GRIEVANCES).values()


def test_a_quarter_is_named_by_year_and_number() -> None:
    assert [quarter_of(date(2026, month, 1)) for month in (1, 3, 4, 12)] == ["2026Q1", "2026Q1", "2026Q2", "2026Q4"]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=1, max_size=6), st.integers(0, 30))
def test_what_is_left_beside_told_employers_is_nothing_or_large_enough(counts: list[int], others: int) -> None:
    whole = sum(counts) + others
    lines = [("town", f"e{number}", count) for number, count in enumerate(counts)]
    told = told_apart(lines, {"town": whole}, k=K_GRIEVANCES)
    left = whole - sum(told.values())
    assert all(value >= K_GRIEVANCES for value in told.values())
    assert not told or left == 0 or left >= K_GRIEVANCES


def test_an_employer_is_kept_back_where_its_neighbour_would_be_told() -> None:
    lines = [("town", "mill", 25), ("town", "plant", 4)]
    assert told_apart(lines, {"town": 29}, k=K_GRIEVANCES) == {}
    assert told_apart(lines, {"town": None}, k=K_GRIEVANCES) == {"mill": 25}
