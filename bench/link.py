"""Same-person detection: a whole file as the command does it, against the bare join of the keys its candidates are found by."""

import csv
import json
import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

import bench.ready  # noqa: F401 - before the slice below
from bench.figures import Figure, median, peak_memory_mb, seconds, show
from niangjia.registers.members.linking.bulk import Linking
from niangjia.registers.members.linking.engine import KEYS
from niangjia.registers.members.linking.files import read_file
from niangjia.registers.members.linking.rules.records import COLUMNS
from niangjia.registers.members.linking.tables import make_people
from niangjia.registers.members.linking.tests.others import Kept, can_be_linked, records

GOAL, GROWTH = "at most 6 × the candidate join", "4 × as many: at most 4.6 × as long"
PEOPLE_OF_RECORDS = 1.1
TIMES = 4
_PAIRS = " UNION ALL ".join(
    f"SELECT l.n AS one, r.n AS other FROM people l JOIN people r ON l.{key} = r.{key} AND l.n < r.n"  # noqa: S608 - keys of our own
    for key in KEYS
)
JOIN = f"CREATE OR REPLACE TABLE candidates AS SELECT DISTINCT one, other FROM ({_PAIRS})"  # noqa: S608 - keys of our own


def measure(*, rows: int, repeat: int) -> list[Figure]:
    """Seconds for a file and for the join in the same run; how right the answer is about people it was not tuned to."""
    with TemporaryDirectory(prefix="niangjia-bench-link-") as folder:
        path = Path(folder) / "records.csv"
        small = list(_compared(path, rows // TIMES, repeat))
        large = list(_compared(path, rows, repeat))
    growth = large[0].value / small[0].value
    return [Figure("link.growth of four times as many", growth, goal=GROWTH), *small, *large]


def _compared(path: Path, people: int, repeat: int) -> Iterator[Figure]:
    kept = records(round(people * PEOPLE_OF_RECORDS), seed=people)
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = ([each.fields[name] for name in COLUMNS] for each in kept)
        csv.writer(file).writerows((COLUMNS, *rows))
    walls, joins, answers = [], [], []
    with duckdb.connect() as db:
        read_file(db, path)
        make_people(db)
        for _ in range(repeat):
            joins.append(seconds(lambda: db.execute(JOIN)))
            walls.append(seconds(lambda: answers.append(_answer(path))))
    limit, wall = median(joins), median(walls)
    name = f"link.{len(kept)} records"
    yield Figure(f"{name} s", wall, limit, wall / limit, GOAL)
    yield Figure(f"{name} peak MB", peak_memory_mb())
    yield Figure(f"{name} same answers", float(len(set(answers))), goal="1")
    yield from _how_right(name, path, kept)


def _answer(path: Path) -> int:
    return hash("".join(Linking(path).pieces()))


def _how_right(name: str, path: Path, kept: list[Kept]) -> Iterator[Figure]:
    answer = json.loads("".join(Linking(path).pieces()))
    by_key = {each.key: each for each in kept}
    found = {pair for keys in answer["clusters"] for pair in combinations(sorted(keys), 2)}
    homes: dict[int, list[str]] = {}
    for each in kept:
        homes.setdefault(each.owner, []).append(each.key)
    true = {pair for keys in homes.values() for pair in combinations(sorted(keys), 2)}
    able = {pair for pair in true if can_be_linked(by_key[pair[0]], by_key[pair[1]])}
    yield Figure(f"{name} precision", len(found & true) / len(found), goal="at least .999")
    yield Figure(f"{name} recall of what can be linked", len(found & able) / len(able), goal="at least .97")
    yield Figure(f"{name} recall of all", len(found & true) / len(true))


if __name__ == "__main__":
    scale, repetitions, shape = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    show(measure(rows=scale, repeat=repetitions), as_json=shape == "json")
