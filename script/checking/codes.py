"""Codes by which the product refuses something, gathered from where they are raised."""

import ast
import importlib
from collections.abc import Iterable, Iterator, Mapping

from checking.tree import Source

# Who refuses → where the code and the sentence stand among the arguments.
RAISERS = {"Refused": (0, 1), "Refusal": (0, 1), "Reason": (0, 1), "Problem": (1, 2), "answer": (1, 2)}


def raised(source: Source) -> Iterator[tuple[str, str]]:
    """Code and sentence of every refusal that one file raises; the sentence is empty where it is not written there."""
    tree = ast.parse(source.text, source.path)
    constants = dict(_constants(tree))
    for node in ast.walk(tree):
        places = RAISERS.get(_name(node.func)) if isinstance(node, ast.Call) else None
        if places is None or not isinstance(node, ast.Call) or len(node.args) <= places[0]:
            continue
        code = node.args[places[0]]
        if isinstance(code, ast.Constant) and isinstance(code.value, str):
            said = node.args[places[1]] if len(node.args) > places[1] else ast.Constant("")
            yield code.value, sentence(said, constants, source.path)


def _constants(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, node.value


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def sentence(node: ast.expr, constants: Mapping[str, ast.expr], path: str) -> str:
    """The words of an expression: a string, a wrapped string, a constant of this file or of the module beside it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.Name) and node.id in constants:
        return sentence(constants[node.id], constants, path)
    if isinstance(node, ast.Call):
        return _of_call(node, constants, path)
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return _of_module(path, node.value.id, node.attr)
    return ""


def _of_call(node: ast.Call, constants: Mapping[str, ast.expr], path: str) -> str:
    if isinstance(node.func, ast.Attribute) and node.func.attr == "format":
        return sentence(node.func.value, constants, path)
    return sentence(node.args[0], constants, path) if node.args else ""


def _of_module(path: str, beside: str, name: str) -> str:
    package = path.rsplit("/", 1)[0].replace("/", ".")
    try:
        module = importlib.import_module(f"{package}.{beside}")
    except ModuleNotFoundError:
        return ""
    found = getattr(module, name, "")
    return found if isinstance(found, str) else ""


def gathered(files: Iterable[Source]) -> dict[str, list[str]]:
    """Every code with the sentences that go with it, in the order of codes."""
    found: dict[str, set[str]] = {}
    for source in files:
        for code, words in raised(source):
            found.setdefault(code, set()).update(filter(None, [words]))
    return {code: sorted(words) for code, words in sorted(found.items())}
