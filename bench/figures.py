"""How a measure is reported."""

import json
import resource
import statistics
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from time import perf_counter

WHOLE_FROM = 100


@dataclass(frozen=True)
class Figure:
    """One measured figure: the value, the engine's limit in the same run, their ratio, the goal, the growth exponent."""

    name: str
    value: float
    limit: float | None = None
    ratio: float | None = None
    goal: str = ""
    growth: float | None = None


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one piece of work."""
    began = perf_counter()
    work()
    return perf_counter() - began


def median(values: Iterable[float]) -> float:
    """The middle of the repetitions."""
    return statistics.median(values)


def peak_memory_mb() -> float:
    """The most memory this process has held, in MB."""
    scale = 1024 if sys.platform != "darwin" else 1024 * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale


def show(figures: list[Figure], *, as_json: bool) -> None:
    """Print the figures, for a program or for a person."""
    if as_json:
        sys.stdout.write(json.dumps({"figures": [asdict(figure) for figure in figures]}, ensure_ascii=False) + "\n")
        return
    for figure in figures:
        ratio = f"  ratio {figure.ratio:.2f}" if figure.ratio is not None else ""
        limit = f"  limit {figure.limit:,.0f}" if figure.limit is not None else ""
        growth = f"  growth {figure.growth:.2f}" if figure.growth is not None else ""
        goal = f"  goal {figure.goal}" if figure.goal else ""
        value = f"{figure.value:,.0f}" if figure.value >= WHOLE_FROM else f"{figure.value:.3g}"
        sys.stdout.write(f"{figure.name:48} {value:>12}{limit}{ratio}{growth}{goal}\n")
