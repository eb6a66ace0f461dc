"""Hotspots (热点): counts in frozen tables, from which nobody can work out a small group; withheld cells are said to be so.

A cell below k is withheld, also an empty one, or nobody could tell nought from nine. What could be worked out by
subtraction is withheld with it (complementary suppression): for every withheld figure the published ones must leave a
range of k at least. A table with sums on its sides is a net in which what flows in flows out, so that the range of a
figure is its value, up to the largest flow around it and down to the largest flow back.
"""

from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

# safety: opinions and grievances in groups of ten, use of services in groups of five.
K_GRIEVANCES = 10
K_SERVICES = 5
UNBOUNDED = 10**12
MONTHS_OF_A_QUARTER = 3

Node = Hashable
Key = tuple[str, str]
ALL = ""


@dataclass(frozen=True)
class Table:
    """Counts by two facts, as they are: the cells that there are, rows and columns being declared beforehand."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[Key, int]

    def value(self, row: str, column: str) -> int:
        """A cell, a sum of a row or column where the other is `ALL`, or the sum of everything."""
        rows = self.rows if row == ALL else (row,)
        columns = self.columns if column == ALL else (column,)
        return sum(self.cells.get((each, other), 0) for each in rows for other in columns)

    def keys(self) -> Iterator[Key]:
        """Every figure of the table: cells, sums of rows and columns, the sum of everything."""
        for row in (*self.rows, ALL):
            for column in (*self.columns, ALL):
                yield row, column


def quarter_of(day: date) -> str:
    """The quarter of a day (季度), such as `2026Q3`: hotspots are counted by quarters that are over."""
    return f"{day.year}Q{(day.month - 1) // MONTHS_OF_A_QUARTER + 1}"


def published(table: Table, *, k: int) -> dict[Key, int | None]:
    """Every figure of the table, None where it is withheld."""
    hidden = withheld(table, k=k)
    return {key: None if key in hidden else table.value(*key) for key in table.keys()}  # noqa: SIM118 - not a mapping


def withheld(table: Table, *, k: int) -> frozenset[Key]:
    """The figures that are not told: those below k, and as few others as keep them from being worked out."""
    hidden = {key for key in table.keys() if table.value(*key) < k}  # noqa: SIM118 - not a mapping
    waiting = sorted(hidden)
    # What is safe stays so: each further figure that is withheld only leaves more room.
    while waiting:
        if _is_safe(table, hidden, waiting[-1], k=k):
            waiting.pop()
        else:
            waiting.append(_next_to_hide(table, hidden, waiting[-1]))
            hidden.add(waiting[-1])
    return frozenset(hidden)


def bounds(table: Table, hidden: frozenset[Key], key: Key) -> tuple[int, int]:
    """Between which figures a withheld one lies, for whoever reads all published ones."""
    up, down = _up_and_down(table, hidden, key)
    value = table.value(*key)
    return value - min(down, value), value + up


def _is_safe(table: Table, hidden: set[Key], key: Key, *, k: int) -> bool:
    """Whether the published figures leave a withheld one a range of k at least."""
    up, down = _up_and_down(table, hidden, key, most=k)
    return up + min(down, table.value(*key)) >= k


def _next_to_hide(table: Table, hidden: set[Key], loose: Key) -> Key:
    """The smallest told figure in the line of one that is not safe yet; if its lines are hidden whole, the smallest anywhere."""
    told = [key for key in table.keys() if key not in hidden]  # noqa: SIM118 - not a mapping
    in_line = [key for key in told if (key[0] == loose[0]) != (key[1] == loose[1])]
    return min(in_line or told, key=lambda key: (key.count(ALL), table.value(*key), key))


def _arc(key: Key) -> tuple[Node, Node]:
    """A figure as a flow: out of the source into rows, from rows into columns, from columns into the sink, and around."""
    row, column = key
    source, sink = ("", "source"), ("", "sink")
    if row == ALL and column == ALL:
        return sink, source
    if column == ALL:
        return source, (row, "row")
    if row == ALL:
        return (column, "column"), sink
    return (row, "row"), (column, "column")


def _up_and_down(table: Table, hidden: Iterable[Key], key: Key, *, most: int = UNBOUNDED) -> tuple[int, int]:
    """How much a withheld figure could be larger, and smaller, with every told one as it is; no further than `most`."""
    spare: dict[Node, dict[Node, int]] = defaultdict(lambda: defaultdict(int))
    for other in hidden:
        if other != key:
            begin, end = _arc(other)
            spare[begin][end] += UNBOUNDED
            spare[end][begin] += table.value(*other)
    begin, end = _arc(key)
    up = _largest_flow(_copied(spare), end, begin, most=most)
    return up, _largest_flow(spare, begin, end, most=most)


def _copied(spare: Mapping[Node, Mapping[Node, int]]) -> dict[Node, dict[Node, int]]:
    copied: dict[Node, dict[Node, int]] = defaultdict(lambda: defaultdict(int))
    for begin, ends in spare.items():
        copied[begin].update(ends)
    return copied


def _largest_flow(spare: dict[Node, dict[Node, int]], source: Node, sink: Node, *, most: int) -> int:
    """The largest flow from one node to another (Edmonds and Karp: shortest ways first)."""
    whole = 0
    while whole < most:
        way = _shortest_way(spare, source, sink)
        if not way:
            break
        room = min(spare[begin][end] for begin, end in way)
        for begin, end in way:
            spare[begin][end] -= room
            spare[end][begin] += room
        whole += room
    return min(whole, UNBOUNDED)


def _shortest_way(spare: Mapping[Node, Mapping[Node, int]], source: Node, sink: Node) -> Sequence[tuple[Node, Node]]:
    came: dict[Node, Node] = {source: source}
    waiting = deque([source])
    while waiting and sink not in came:
        node = waiting.popleft()
        for other, room in spare.get(node, {}).items():
            if room > 0 and other not in came:
                came[other] = node
                waiting.append(other)
    if sink not in came:
        return ()
    way = []
    while sink != source:
        way.append((came[sink], sink))
        sink = came[sink]
    return way


def told_apart(lines: Iterable[tuple[str, str, int]], sums: Mapping[str, int | None], *, k: int) -> dict[str, int]:
    """Of groups within rows whose sums may be known, those that may be told: k at least, and as many left beside them.

    Who knows the sum of a row and what is told of it knows the rest: that is nothing, or k at least.
    """
    by_row: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row, group, number in lines:
        by_row[row].append((number, group))
    told: dict[str, int] = defaultdict(int)
    for row, groups in by_row.items():
        whole = sums.get(row)
        shown = sorted((pair for pair in groups if pair[0] >= k), reverse=True)
        while shown and whole is not None and 0 < whole - sum(number for number, _group in shown) < k:
            shown.pop()
        for number, group in shown:
            told[group] += number
    return dict(told)
