"""Documents keep their word: what is undocumented, behind the code or points nowhere fails."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.utils import translation

from checking import codes, reference
from checking.tree import Source, names, sources

LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
VARIABLE = re.compile(r"\b(?:NIANGJIA_[A-Z_]+|DATABASE_URL)\b")
READ_IN_SHELL = re.compile(r"\$\{?((?:NIANGJIA_[A-Z_]+)|DATABASE_URL)\b")

# The one room that reads the environment hands names on to what reads them.
ENVIRONMENT = "niangjia/config/environment.py"


def variables_read(path: str, text: str) -> set[str]:
    """Names of variables that a script, or Python code, asks the environment for."""
    if not path.endswith(".py"):
        return set(READ_IN_SHELL.findall(text))
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and path == ENVIRONMENT:
            said = {str(word.value) for word in node.args if isinstance(word, ast.Constant)}
            found |= {word for word in said if VARIABLE.fullmatch(word)}
        asked: ast.expr | None = None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            asked = node.args[0] if node.func.attr in {"get", "getenv"} else None
        elif isinstance(node, ast.Subscript):
            asked = node.slice
        if isinstance(asked, ast.Constant) and VARIABLE.fullmatch(str(asked.value)):
            found.add(str(asked.value))
    return found


def documented(root: Path) -> set[str]:
    page = (root / "docs/reference/settings.md").read_text("utf-8")
    return {
        name for line in page.splitlines() if line.startswith("| `") for name in VARIABLE.findall(line.split("|")[1])
    }


def all_variables() -> set[str]:
    found: set[str] = set()
    for source in sources(under="niangjia/"):
        if source.path.endswith(".py"):
            found |= variables_read(source.path, source.text)
    for source in sources(under="script/"):
        found |= variables_read(source.path, source.text)
    return found


def test_every_setting_is_documented(root: Path) -> None:
    assert all_variables() - documented(root) == set()


def test_no_documented_setting_is_gone(root: Path) -> None:
    assert documented(root) - all_variables() == set()


def test_a_setting_nobody_documented_would_be_found() -> None:
    assert variables_read("a.py", 'x = os.environ.get("NIANGJIA_NEW")\ny = v["NIANGJIA_OLD"]\n') == {
        "NIANGJIA_NEW",
        "NIANGJIA_OLD",
    }
    assert variables_read("script/run", 'echo "${NIANGJIA_NEW:-1}" $NIANGJIA_OLD') == {"NIANGJIA_NEW", "NIANGJIA_OLD"}


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    with translation.override("zh-hans"):
        return reference.pages()


@pytest.mark.parametrize("page", ["commands", "api", "roster-faults", "union-faults", "refusals"])
def test_a_page_made_from_the_code_is_not_behind_it(root: Path, made: dict[str, str], page: str) -> None:
    path = f"docs/reference/{page}.md"
    assert list(reference.drift({path: made[path]}, {path: (root / path).read_text("utf-8")})) == []


def test_a_page_that_is_behind_would_be_found() -> None:
    faults = list(reference.drift({"a.md": "one\ntwo\nthree"}, {"a.md": "one\nthree"}))
    assert [(fault.path, fault.line) for fault in faults] == [("a.md", 2)]
    assert list(reference.drift({"a.md": "one"}, {}))


def test_codes_are_gathered_with_their_sentences() -> None:
    text = (
        "WORDS = _('太大')\n"
        "raise Refusal('too_large', WORDS)\n"
        "raise Refused('gone', _('没有 {name}').format(name=name), 'FILE')\n"
        "x = Reason('odd', '怪', {})\n"
        "raise Problem(HTTPStatus.CONFLICT, 'twice')\n"
    )
    assert codes.gathered([Source("niangjia/a.py", text)]) == {
        "gone": ["没有 {name}"],
        "odd": ["怪"],
        "too_large": ["太大"],
        "twice": [],
    }


def links(text: str) -> Iterator[str]:
    for target in LINK.findall(text):
        if not re.match(r"[a-z]+:", target):
            yield unquote(target)


@pytest.mark.parametrize("page", [name for name in names() if name.endswith(".md")])
def test_no_document_points_nowhere(root: Path, page: str) -> None:
    text = (root / page).read_text("utf-8")
    missing = [target for target in links(text) if not ((root / page).parent / target).exists()]
    assert missing == []


def test_a_link_to_nowhere_would_be_found() -> None:
    assert list(links("[a](gone.md) [b](https://example.org) [c](#here) [d](x.md#y)")) == ["gone.md", "x.md"]


def test_every_decision_record_is_in_the_list(root: Path) -> None:
    listed = set(links((root / "docs/adr/README.md").read_text("utf-8")))
    assert {path.name for path in (root / "docs/adr").glob("0*.md")} == listed


def test_a_decision_record_says_why_what_else_and_what_follows(root: Path) -> None:
    for path in sorted((root / "docs/adr").glob("0*.md")):
        text = path.read_text("utf-8")
        assert "## Why" in text, path.name
        assert "## Decision" in text, path.name
        assert "## Weighed and not taken" in text, path.name


def test_the_licence_is_the_whole_mulan_text_in_both_languages(root: Path) -> None:
    text = (root / "LICENSE").read_text("utf-8")
    for words in ("木兰宽松许可证", "条款结束", "END OF THE TERMS AND CONDITIONS", "THE CHINESE VERSION SHALL PREVAIL"):
        assert words in text


def test_the_readme_names_both_commands_in_both_languages(root: Path) -> None:
    english, chinese = (root / "README.md").read_text("utf-8").split("\n# 中文\n")
    for half in (english, chinese):
        assert "script/run" in half
        assert "script/test" in half
