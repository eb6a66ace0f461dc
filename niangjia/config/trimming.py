"""Tabler's style sheet without the parts that our own design replaces: a phone reads a fifth of it, and sooner.

What is kept is a list of families, not what templates happen to use today: spacing, buttons, cards, fields, tables. A
test reads every template and fails where one names a class that was left out; then its family is added here.
"""

import re
from collections.abc import Iterator

# The first word of a class, or the whole class.
KEPT = frozenset(
    "active align border btn-icon btn-lg btn-primary btn-sm btn card-body card-title card col col-auto d disabled flex"
    " form-check-input form-check-label form-check form-control form-label form-select form-select-sm gap h1 h2 h3 h4 h5 h6"
    " icon-inline icon is-invalid justify m mb me ms mt mx my overflow p pb pe placeholder progress ps pt px py rounded row"
    " show small table-responsive table text visually-hidden visually-hidden-focusable w".split()
)
FAMILIES = frozenset(
    "align border col d flex gap justify m mb me ms mt mx my overflow p pb pe ps pt px py rounded text w".split()
)
CLASS = re.compile(r"\.((?:[\w-]|\\.)+)")
NESTED = ("@media", "@supports", "@layer", "@container")


def trimmed(sheet: str) -> str:
    """The sheet with the rules of kept classes, and with everything that needs no class."""
    return "".join(_kept(sheet))


def left_out(sheet: str) -> frozenset[str]:
    """The classes of the sheet that the trimmed one no longer knows."""
    return classes_of(sheet) - classes_of(trimmed(sheet))


def classes_of(sheet: str) -> frozenset[str]:
    """The classes that the rules of a sheet speak of."""
    found: set[str] = set()
    for head, body in _rules(sheet):
        if body is not None and head.startswith(NESTED):
            found |= classes_of(body)
        elif body is not None and not head.startswith("@"):
            found.update(CLASS.findall(head))
    return frozenset(found)


def _kept(sheet: str) -> Iterator[str]:
    for head, body in _rules(sheet):
        if body is None:
            yield head
        elif head.startswith(NESTED):
            inside = trimmed(body)
            if inside:
                yield f"{head}{{{inside}}}"
        elif head.startswith("@"):
            yield f"{head}{{{body}}}"
        else:
            selectors = [each for each in _selectors(head) if all(map(_is_kept, CLASS.findall(each)))]
            if selectors:
                yield f"{','.join(selectors)}{{{body}}}"


def _is_kept(name: str) -> bool:
    return name in KEPT or name.split("-", 1)[0] in FAMILIES


def _selectors(head: str) -> Iterator[str]:
    """The selectors of a rule, parted by its commas, not by those inside brackets."""
    depth, start = 0, 0
    for position, letter in enumerate(head):
        depth += (letter in "([") - (letter in ")]")
        if letter == "," and not depth:
            yield head[start:position]
            start = position + 1
    yield head[start:]


def _rules(sheet: str) -> Iterator[tuple[str, str | None]]:
    """Head and body of each rule; a statement without a body has none. Braces within quotes and remarks are no braces."""
    start = position = depth = 0
    opened = 0
    for found in re.finditer(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'|/\*.*?\*/|[{};]', sheet, re.DOTALL):
        mark, position = found[0], found.end()
        if mark == "{":
            opened = position if not depth else opened
            depth += 1
        elif mark == "}":
            depth -= 1
            if not depth:
                yield _head(sheet[start : opened - 1]), sheet[opened : position - 1]
                start = position
        elif mark == ";" and not depth:
            yield _head(sheet[start:position]), None
            start = position


def _head(words: str) -> str:
    return re.sub(r"/\*.*?\*/", "", words, flags=re.DOTALL).strip()
