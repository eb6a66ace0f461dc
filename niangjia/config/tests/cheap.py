"""What one call costs, whatever else the machine is doing."""

import timeit
from collections.abc import Callable
from time import process_time

CALLS = 20_000


def seconds_each(work: Callable[[], object]) -> float:
    """Seconds of processor time for one call, the best of five rounds."""
    return min(timeit.repeat(work, timer=process_time, number=CALLS, repeat=5)) / CALLS
