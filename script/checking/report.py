"""How a check speaks: one line when green, one line per fault when red."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong at one line: what it is, why it is wrong, what to do next."""

    path: str
    line: int
    what: str
    why: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}: {self.why} Next: {self.remedy}"


def conclude(name: str, faults: Iterable[Fault], green: str) -> int:
    """Print the outcome of a check and return its exit code: 0 green, 1 red."""
    found = sorted(set(faults))
    for fault in found:
        print(fault)
    if found:
        print(f"{name}: {len(found)} to mend", file=sys.stderr)
        return 1
    print(f"{name}: {green}")
    return 0
