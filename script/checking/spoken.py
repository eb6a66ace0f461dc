"""Which source strings the product says to people: gathered from Python files and templates."""

import ast
import re
from collections.abc import Iterator

from django.conf import settings
from django.utils.translation.template import templatize

from checking.catalogue import Entry
from checking.tree import Source, sources

# function → where its context, text and plural stand among the arguments
SAYS: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
    # The title of a term is translated where it is shown: `gettext(SEXES.titles[code])`.
    "Term": (None, 1, None),
}
CALL = re.compile(r"\b(?:_|n?p?gettext)\(")
CHINESE = re.compile(r"[\u3400-\u9fff]")
BRAND = "娘家"  # the product's name is the same in every language
# Rooms that speak to people: a bare Chinese string there was forgotten.
SPEAKING_ROOMS = ("views.py", "forms.py", "listing.py", "api.py", "services.py", "jobs.py", "commands.py")


def spoken(source: Source) -> list[Entry]:
    """What one file says."""
    if source.path.endswith(".py"):
        return list(_of_tree(ast.parse(source.text, source.path), source.path))
    return list(_of_template(source))


def _of_tree(tree: ast.AST, path: str) -> Iterator[Entry]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            entry = _of_call(node, path)
            if entry is not None:
                yield entry


def _of_call(node: ast.Call, path: str) -> Entry | None:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name not in SAYS:
        return None
    context, text, plural = (_said(node, index) for index in SAYS[name])
    if not text:
        return None
    return Entry(text, context=context, plural=plural, places=[path], line=node.lineno)


def _said(node: ast.Call, index: int | None) -> str:
    if index is None or index >= len(node.args):
        return ""
    argument = node.args[index]
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else ""


def _of_template(source: Source) -> Iterator[Entry]:
    if not settings.configured:
        settings.configure()
    python = templatize(source.text, origin=source.path)
    for found in CALL.finditer(python):
        call = _call_at(python, found.start(), found.end())
        entry = _of_call(call, source.path) if call else None
        if entry is not None:
            entry.line = python.count("\n", 0, found.start()) + 1
            yield entry


def _call_at(text: str, start: int, inside: int) -> ast.Call | None:
    end = text.find(")", inside)
    while end != -1:
        try:
            parsed = ast.parse(text[start : end + 1].replace("\n", " "), mode="eval")
        except SyntaxError:
            end = text.find(")", end + 1)
            continue
        return parsed.body if isinstance(parsed.body, ast.Call) else None
    return None


def forgotten(source: Source) -> Iterator[tuple[int, str]]:
    """Chinese strings in a speaking room that no translation can reach."""
    invents = source.path.startswith("niangjia/demo/")  # names of a fictional county are not words of the program
    if source.is_test or invents or not source.path.endswith(SPEAKING_ROOMS):
        return
    tree = ast.parse(source.text, source.path)
    reached = {id(part) for part in _inside_calls(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            reached.add(id(node.value))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in reached:
            continue
        if CHINESE.search(node.value.replace(BRAND, "")):
            yield node.lineno, node.value


def _inside_calls(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in SAYS:
                yield from ast.walk(node)


def product() -> list[Source]:
    """Files that may speak: everything in the product but tests and migrations."""
    found = sources(".py", ".html", ".txt", under="niangjia/")
    return [
        source
        for source in found
        if not source.is_test
        and not source.is_migration
        and (source.path.endswith(".py") or "/templates/" in source.path)
    ]
