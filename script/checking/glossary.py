"""Names are the field's: every model, state and move stands in docs/glossary.md."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checking.report import Fault, conclude
from checking.tree import ROOT, Source, sources

GLOSSARY = "docs/glossary.md"
CHOICES = {"Enum", "StrEnum", "IntEnum", "TextChoices", "IntegerChoices"}
NO_MODELS = {"Manager", "BaseUserManager", "QuerySet", "Protocol", "NamedTuple"}
ROOM = re.compile(r"/(models|rules)(?:\.py$|/)")
HEADING = re.compile(r"^## `(\w+)`")
CODE = re.compile(r"`([^`]+)`")
CELLS = 4


@dataclass(frozen=True)
class Name:
    """A name that the code gives to a thing of the field, in which slice, and where."""

    slice: str
    word: str
    path: str
    line: int


def slice_of(path: str) -> str:
    """The slice a file belongs to: `niangjia/registers/orgs/rules/levels.py` → `orgs`."""
    return path.split("/")[2]


def named(source: Source) -> Iterator[Name]:
    """Models, kinds and states, and moves declared in the rooms `models` and `rules`."""
    room = ROOM.search(source.path)
    if not room:
        return
    tree = ast.parse(source.text, source.path)
    for node in ast.walk(tree):
        for word, line in _words(node, room=room[1]):
            yield Name(slice_of(source.path), word, source.path, line)


def _words(node: ast.AST, *, room: str) -> Iterator[tuple[str, int]]:
    if isinstance(node, ast.ClassDef):
        bases = set(filter(None, map(_last, node.bases)))
        if bases & CHOICES and not node.name.startswith("_"):
            yield node.name, node.lineno
            yield from ((f"{node.name}.{value}", line) for value, line in _values(node))
        elif room == "models" and bases and not bases & NO_MODELS and not _is_abstract(node):
            yield node.name, node.lineno
    elif isinstance(node, ast.Call) and _last(node.func) == "Move" and node.args:
        first = node.args[0]
        if isinstance(first, ast.Constant):
            yield str(first.value), node.lineno


def _last(node: ast.expr) -> str:
    if isinstance(node, ast.Subscript):
        return _last(node.value)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _values(node: ast.ClassDef) -> Iterator[tuple[str, int]]:
    for statement in node.body:
        if not isinstance(statement, ast.Assign):
            continue
        value = statement.value.elts[0] if isinstance(statement.value, ast.Tuple) else statement.value
        if isinstance(value, ast.Constant):
            yield str(value.value), statement.lineno


def _is_abstract(node: ast.ClassDef) -> bool:
    for meta in node.body:
        if isinstance(meta, ast.ClassDef) and meta.name == "Meta":
            return any(isinstance(line, ast.Assign) and ast.unparse(line) == "abstract = True" for line in meta.body)
    return False


def rows(text: str) -> Iterator[tuple[int, str, list[str]]]:
    """Rows of the glossary's tables: line, slice of the section, cells."""
    section = ""
    for number, line in enumerate(text.splitlines(), start=1):
        heading = HEADING.match(line)
        if line.startswith("## "):
            section = heading[1] if heading else ""
        elif line.startswith("|") and not set(line) <= set("|-: "):
            yield number, section, [cell.strip() for cell in line.strip().strip("|").split("|")]


def explained(text: str) -> set[tuple[str, str]]:
    """Slice and code name of what the glossary explains: what stands in backticks in the first cell of a row."""
    return {(section, code) for _, section, cells in rows(text) for code in CODE.findall(cells[0])}


def thin_rows(text: str) -> Iterator[Fault]:
    """A row has a code name, the Chinese word, the meaning, and where the word comes from."""
    for number, _, cells in rows(text):
        if CODE.search(cells[0]) and (len(cells) < CELLS or not all(cells[:CELLS])):
            yield Fault(
                GLOSSARY,
                number,
                f"{cells[0]} is half explained",
                "a row has four cells.",
                "code · 中文 · meaning · source.",
            )


def unexplained(names: Iterable[Name], text: str) -> Iterator[Fault]:
    """Names that the code uses and the glossary does not know."""
    known = explained(text)
    for name in names:
        if (name.slice, name.word) not in known:
            yield Fault(
                name.path,
                name.line,
                f"`{name.word}` is not in {GLOSSARY} under `{name.slice}`",
                "a union lawyer must be able to look it up.",
                "add a row: code name, 中文, meaning, source.",
            )


def gather() -> Iterator[Name]:
    """All names of the product's slices."""
    for source in sources(".py", under="niangjia/"):
        wires = source.path.startswith(("niangjia/config/", "niangjia/demo/"))
        if not source.is_test and not source.is_migration and not wires:
            yield from named(source)


def faults() -> Iterator[Fault]:
    """Names without a word, and words half explained."""
    text = (ROOT / GLOSSARY).read_text("utf-8")
    yield from thin_rows(text)
    yield from unexplained(gather(), text)


if __name__ == "__main__":
    raise SystemExit(conclude("glossary", faults(), "every model, kind, state and move is explained"))
