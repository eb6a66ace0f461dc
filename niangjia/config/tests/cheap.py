"""What something costs, whatever else the machine is doing."""

import os
import timeit
from collections.abc import Callable
from time import process_time

CALLS = 20_000


def seconds_each(work: Callable[[], object]) -> float:
    """Seconds of processor time for one call, the best of five rounds."""
    return min(timeit.repeat(work, timer=process_time, number=CALLS, repeat=5)) / CALLS


def seconds_worked() -> float:
    """Processor time of this process so far, and of its children that have ended."""
    return sum(os.times()[:4])


def busy() -> float:
    """How much longer anything takes here than on a quiet machine, for limits that a clock has to measure."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
