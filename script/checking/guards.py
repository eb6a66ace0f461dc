"""Guards and their negative controls, gathered from the marks on the tests: a guard without a control proves nothing."""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checking.report import Fault
from checking.tree import Source

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Mark:
    """One test that shows a guard holding (`guard`), or the harm when it is off (`control`)."""

    kind: str
    name: str
    keeps: str
    test: str
    path: str
    line: int


def marks(source: Source) -> Iterator[Mark]:
    """The marks of one file of tests, also those on a whole class and those of a whole file."""
    if not source.is_test or ".mark." not in source.text:
        return
    tree = ast.parse(source.text, source.path)
    named = dict(_named(tree))
    for node in ast.walk(tree):
        if isinstance(node, Function | ast.ClassDef):
            for decorator in node.decorator_list:
                yield from _mark(decorator, node.name, source.path, named)


def _named(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Words that a file of tests gives a name, because several of its marks say them."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield from ((target.id, node.value.value) for target in node.targets if isinstance(target, ast.Name))


def _mark(decorator: ast.expr, test: str, path: str, named: dict[str, str]) -> Iterator[Mark]:
    if not (isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Attribute)):
        return
    kind = decorator.func.attr
    words = [_said(argument, named) for argument in decorator.args]
    if kind in {"guard", "control"} and ast.unparse(decorator.func).startswith("pytest.mark."):
        name, keeps = (*map(str, words), "", "")[:2]
        yield Mark(kind, name, keeps, test, path, decorator.lineno)


def _said(argument: ast.expr, named: dict[str, str]) -> str:
    if isinstance(argument, ast.Constant):
        return str(argument.value)
    return named.get(argument.id, "") if isinstance(argument, ast.Name) else ""


def gathered(files: Iterable[Source]) -> dict[str, list[Mark]]:
    """Every mark by the name of its guard."""
    found: dict[str, list[Mark]] = defaultdict(list)
    for source in files:
        for mark in marks(source):
            found[mark.name].append(mark)
    return dict(sorted(found.items()))


def unproved(found: dict[str, list[Mark]]) -> Iterator[Fault]:
    """Guards without a control, controls without a guard, and guards that do not say what they keep."""
    for name, of_name in found.items():
        first, kinds = of_name[0], {mark.kind for mark in of_name}
        if kinds == {"guard"}:
            why = "no test shows the harm when it is off."
            yield Fault(first.path, first.line, f"guard `{name}`", why, f'mark that test with control("{name}").')
        if kinds == {"control"}:
            why = "no test shows that the guard holds."
            yield Fault(first.path, first.line, f"control `{name}`", why, f'mark that test with guard("{name}", …).')
        if "guard" in kinds and not keeps(of_name):
            why = "a reader cannot tell what it keeps."
            yield Fault(first.path, first.line, f"guard `{name}`", why, "say it in one sentence as second argument.")


def keeps(of_name: list[Mark]) -> str:
    """What a guard keeps safe, in the words of the first test that says so."""
    return next((mark.keeps for mark in of_name if mark.kind == "guard" and mark.keeps), "")


def shown_by(of_name: list[Mark], kind: str) -> str:
    """The tests of one kind, as `file: test`, for the page."""
    places = sorted({(mark.path, mark.test) for mark in of_name if mark.kind == kind})
    return "<br>".join(f"`{test.removeprefix('test_')}` ({path.removeprefix('niangjia/')})" for path, test in places)
