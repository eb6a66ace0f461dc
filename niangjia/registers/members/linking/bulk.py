"""A file of records, and who in it is one person: written as the one JSON object that `niangjia link` prints."""

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow as pa

from niangjia.registers.members.linking.engine import likeness_of, predict
from niangjia.registers.members.linking.files import read_file
from niangjia.registers.members.linking.rules.clusters import gather
from niangjia.registers.members.linking.rules.deciding import Weights, decide, total_weight
from niangjia.registers.members.linking.rules.levels import COMPARISONS
from niangjia.registers.members.linking.tables import Connection, make_people
from niangjia.registers.members.linking.weights import shipped_weights
from niangjia.registers.members.linking.wording import as_json

_WEIGHED = [f"mw_{comparison.field}" for comparison in COMPARISONS]
_COLUMNS = ", ".join(_WEIGHED)
_SURE = pa.schema([("pattern", pa.int64()), ("bits", pa.float64()), *((name, pa.float64()) for name in _WEIGHED)])
WRITTEN_AT_ONCE = 10_000


class _Judged(NamedTuple):
    """What one likeness comes to: whether it links, how surely, and its part of the JSON."""

    linked: bool
    bits: float
    text: str


@dataclass(frozen=True)
class Found:
    """How many records were read, how many people have several, and how many links there are."""

    records: int
    clusters: int
    links: int


class Linking:
    """One file being compared; `pieces` gives the answer as text, `found` counts once that is done."""

    def __init__(self, path: Path, *, weights: Weights | None = None) -> None:
        """The file is read and judged at once; `Refused` where it is no file of records."""
        self._weights = weights or shipped_weights()
        with duckdb.connect() as db, _nothing_thrown_away():
            read_file(db, path)
            self._records = make_people(db)
            self._link(db)

    @property
    def found(self) -> Found:
        """What was found."""
        return Found(self._records, len(self._clusters), len(self._links))

    def pieces(self) -> Iterator[str]:
        """The JSON object, piece by piece."""
        keys = self._keys
        clusters = ("[" + ",".join([keys[record] for record in records]) + "]" for records in self._clusters)
        yield '{"clusters":[' + ",".join(clusters) + '],"links":['
        texts = [judged.text for judged in self._verdicts]
        for first in range(0, len(self._links), WRITTEN_AT_ONCE):
            part = self._links[first : first + WRITTEN_AT_ONCE]
            lines = [f'{{"a":{keys[left]},"b":{keys[right]},{texts[pattern]}' for left, right, pattern in part]
            yield ("," if first else "") + ",".join(lines)
        yield "]}\n"

    def _link(self, db: Connection) -> None:
        table = predict(db, self._weights, records=self._records)
        # Each likeness that occurs is judged once: there are some hundreds of them among millions of pairs.
        patterns = db.execute(f"SELECT DISTINCT {_COLUMNS} FROM {table} ORDER BY ALL").fetchall()  # noqa: S608 - tables and columns of our own
        self._verdicts = [self._judge(weighed) for weighed in patterns]
        judged = enumerate(zip(self._verdicts, patterns, strict=True))
        _insert_sure(db, ((at, verdict.bits, *weighed) for at, (verdict, weighed) in judged if verdict.linked))
        db.execute(
            f"SELECT n_l, n_r, paper_l, paper_r, pattern FROM {table} JOIN sure USING ({_COLUMNS}) "  # noqa: S608 - tables and columns of our own
            "ORDER BY bits DESC, n_l, n_r"
        )
        rows = db.fetchall()
        group_of = gather(row[:4] for row in rows)
        self._links = sorted((row[0], row[1], row[4]) for row in rows if group_of[row[0]] == group_of[row[1]])
        members: defaultdict[int, list[int]] = defaultdict(list)
        for record in sorted(group_of):
            members[group_of[record]].append(record)
        self._clusters = [records for records in members.values() if len(records) > 1]
        db.execute(
            f"SELECT n, to_json(key)::VARCHAR FROM people WHERE n IN (SELECT unnest([n_l, n_r]) FROM {table} JOIN sure USING ({_COLUMNS}))"  # noqa: S608 - tables and columns of our own
        )
        self._keys = dict(db.fetchall())

    def _judge(self, weighed: Sequence[float]) -> _Judged:
        likeness = likeness_of(weighed, self._weights)
        verdict = decide(likeness, self._weights, records=self._records)
        return _Judged(verdict.linked, total_weight(likeness, self._weights, records=self._records), as_json(verdict))


@contextmanager
def _nothing_thrown_away() -> Iterator[None]:
    """Millions of rows come and stay: Python does not look through all of them again and again for what could be thrown away."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _insert_sure(db: Connection, patterns: Iterable[tuple[float, ...]]) -> None:
    columns = list(zip(*patterns, strict=True)) or [()] * len(_SURE)
    db.register("arrived", pa.table(columns, schema=_SURE))
    db.execute("CREATE TABLE sure AS SELECT * FROM arrived")
    db.unregister("arrived")
