"""House rules that no ready-made linter knows: length, names, imports, errors, the clock."""

import ast
import re
from collections.abc import Callable, Iterator

from checking import leaks
from checking.report import Fault, conclude
from checking.tree import Source, sources

FILE_LINES, TEST_LINES, FUNCTION_LINES = 400, 600, 70
BANNED = {"util", "utils", "manager", "managers", "helper", "helpers", "data", "process", "common", "misc"}
CLOCK_HOME = "niangjia/kernel/clock/"
CLOCK_READERS = {
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
    ("time", "time"), ("time", "time_ns"), ("time", "localtime"), ("time", "gmtime"), ("time", "ctime"),
    ("timezone", "now"),
}  # fmt: skip
# These turn an instant into a local one when given one, and read the clock when given none; `Now` is SQL's.
NOW_WITHOUT_ARGUMENT = {"localtime", "localdate", "Now"}
CLOCK_SQL = re.compile(
    r"\b(?:now|clock_timestamp|statement_timestamp|transaction_timestamp)\s*\(\s*\)|\bCURRENT_(?:DATE|TIME|TIMESTAMP)\b",
    re.IGNORECASE,
)
Function = ast.FunctionDef | ast.AsyncFunctionDef


def length(source: Source) -> Iterator[Fault]:
    """A file is one room; past its length it is two."""
    limit = TEST_LINES if source.is_test else FILE_LINES
    if len(source.lines) > limit and not source.is_migration:
        yield Fault(
            source.path,
            limit + 1,
            f"{len(source.lines)} lines",
            f"a file holds at most {limit}.",
            "split it where the field splits it, not in the middle.",
        )


def file_name(source: Source) -> Iterator[Fault]:
    """A file is named after the field, so that one can name it before opening it."""
    for part in re.split(r"[/.]", source.path)[:-1]:
        if part in BANNED:
            yield Fault(
                source.path, 1, f"the name `{part}`", "it says nothing.", "name what the thing is in the field."
            )


def long_functions(source: Source, tree: ast.Module) -> Iterator[Fault]:
    """A function may have 40 lines, and never 70."""
    for node in ast.walk(tree):
        if not isinstance(node, Function) or node.end_lineno is None:
            continue
        lines = node.end_lineno - node.lineno + 1
        if lines > FUNCTION_LINES:
            yield Fault(
                source.path,
                node.lineno,
                f"`{node.name}` has {lines} lines",
                f"a function has at most {FUNCTION_LINES}.",
                "give a step its own name.",
            )


def inner_imports(source: Source, tree: ast.Module) -> Iterator[Fault]:
    """An import inside a function hides a road that the import law must see."""
    for function in ast.walk(tree):
        if not isinstance(function, Function):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield Fault(
                    source.path,
                    node.lineno,
                    f"import inside `{function.name}`",
                    "it hides who knows whom.",
                    "move it to the top; if that makes a circle, move the code to a lower room.",
                )


def broad_excepts(source: Source, tree: ast.Module) -> Iterator[Fault]:
    """Whoever catches everything also catches the fault nobody has met yet."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.ExceptHandler):
            continue
        caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
        if any(kind is None or (isinstance(kind, ast.Name) and kind.id in _BROAD) for kind in caught):
            yield Fault(
                source.path,
                node.lineno,
                "catches everything",
                "unknown faults must be seen.",
                "name the errors you can answer.",
            )


_BROAD = {"Exception", "BaseException"}


def clocks(source: Source, tree: ast.Module) -> Iterator[Fault]:
    """Only `niangjia.kernel.clock` tells the time, so that a test can hold it still and no machine's clock judges."""
    if not source.path.startswith("niangjia/") or source.path.startswith(CLOCK_HOME) or source.is_test:
        return
    # How long the machinery has been silent is measured by the clock that wrote its heartbeat.
    watches = source.path.startswith("niangjia/config/")
    docstrings = set(_docstrings(tree))
    for node in ast.walk(tree):
        read = _clock_read(node, docstrings)
        if read and not (watches and isinstance(node, ast.Constant)):
            yield Fault(
                source.path,
                node.lineno,  # type: ignore[attr-defined]  # every node _clock_read answers for has a line
                f"reads a clock by `{read}`",
                "tests could not hold it still.",
                "take `at=`/`on=` as an argument, filled by `kernel.clock.now()`/`today()` in view, job or command.",
            )


def _clock_read(node: ast.AST, docstrings: set[int]) -> str:
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name | ast.Attribute):
        owner = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
        return f"{owner}.{node.attr}" if (owner, node.attr) in CLOCK_READERS else ""
    if isinstance(node, ast.Call) and not node.args and not node.keywords:
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        return f"{name}()" if name in NOW_WITHOUT_ARGUMENT else ""
    if isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}:
        return node.arg
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
        found = CLOCK_SQL.search(node.value)
        return found[0] if found else ""
    return ""


def _docstrings(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | Function) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                yield id(first.value)


OF_PYTHON: tuple[Callable[[Source, ast.Module], Iterator[Fault]], ...] = (
    long_functions,
    inner_imports,
    broad_excepts,
    clocks,
)


def python(source: Source) -> Iterator[Fault]:
    """All rules that read a Python file as Python."""
    if source.is_migration:
        return
    tree = ast.parse(source.text, source.path)
    for rule in OF_PYTHON:
        yield from rule(source, tree)


def faults() -> Iterator[Fault]:
    """Everything in the tree that breaks a house rule."""
    for source in sources():
        yield from leaks.leaks(source)
        if source.path.endswith((".py", ".js", ".html")):
            yield from length(source)
            yield from file_name(source)
        if source.path.endswith(".py"):
            yield from python(source)


if __name__ == "__main__":
    raise SystemExit(conclude("house", faults(), "short, well named, no hidden import, one clock, nothing leaked"))
