"""The ready-made checks, as configured here: each finds the harm it is there for."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from checking import tools

SLICES = (
    "registers.orgs",
    "registers.employers",
    "registers.members",
    "registers.households",
    "registers.committees",
    "registers.founding",
    "registers.cards",
    "registers.cadres",
    "services.requests",
)
ROOMS = ("urls", "views", "services", "queries", "models", "rules")


def run(program: str, *words: str, cwd: Path, said: str = "") -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / program), *words]
    return subprocess.run(command, cwd=cwd, input=said, capture_output=True, text=True, check=False)


def kernel(root: Path) -> list[str]:
    """The packages of the kernel as they stand."""
    folder = root / "niangjia" / "kernel"
    single = [path.stem for path in folder.glob("[!_]*.py")]
    return sorted([*single, *(path.parent.name for path in folder.glob("*/__init__.py"))])


def law(root: Path, tree: Path, files: Mapping[str, str]) -> str:
    """What the import law says about a house of empty rooms in which these files stand."""
    modules = ["niangjia/__init__.py", "niangjia/config/__init__.py", "niangjia/demo/__init__.py"]
    modules += [f"niangjia/{storey}/__init__.py" for storey in ("registers", "kernel", "services")]
    modules += ["niangjia/kernel/clock/reading.py"]
    modules += [f"niangjia/kernel/{name}/__init__.py" for name in kernel(root)]
    for name in SLICES:
        folder = f"niangjia/{name.replace('.', '/')}"
        modules += [f"{folder}/__init__.py", *(f"{folder}/{room}.py" for room in ROOMS)]
    for name in modules:
        path = tree / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(files.get(name, ""), "utf-8")
    for name in files.keys() - set(modules):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text(files[name], "utf-8")
    (tree / ".importlinter").write_text((root / ".importlinter").read_text("utf-8"), "utf-8")
    done = run("lint-imports", "--no-logo", "--no-cache", cwd=tree)
    assert "Contracts" in done.stdout, done.stdout + done.stderr
    return done.stdout if done.returncode else ""


def test_a_house_of_empty_rooms_keeps_the_law(root: Path, tmp_path: Path) -> None:
    assert law(root, tmp_path, {}) == ""


@pytest.mark.parametrize(
    ("path", "text", "broken"),
    [
        ("niangjia/kernel/listing/__init__.py", "import niangjia.registers.orgs\n", "Storeys"),
        ("niangjia/registers/orgs/models.py", "import niangjia.registers.members.models\n", "Registers"),
        ("niangjia/kernel/sealed/__init__.py", "import niangjia.kernel.journal\n", "Kernel"),
        ("niangjia/kernel/reports/__init__.py", "", "Kernel"),
        ("niangjia/registers/orgs/queries.py", "import niangjia.registers.orgs.services\n", "Rooms"),
        ("niangjia/registers/orgs/rules.py", "from django.utils import timezone\n", "Rules are pure"),
        ("niangjia/registers/orgs/rules.py", "import time\n", "Rules are pure"),
        ("niangjia/kernel/chinese/__init__.py", "import os\n", "Rules are pure"),
        ("niangjia/help/__init__.py", "import niangjia.boards\n", "Storeys"),
        ("niangjia/registers/orgs/views.py", "import niangjia.registers.orgs.tests.people\n", "Tests are for testing"),
    ],
)
def test_a_road_upwards_is_found(root: Path, tmp_path: Path, path: str, text: str, broken: str) -> None:
    tests = {f"niangjia/registers/orgs/tests/{name}.py": "" for name in ("__init__", "people")}
    files = {path: text, "niangjia/boards/__init__.py": "", **tests}
    said = law(root, tmp_path, files)
    assert any(line.startswith(broken) for line in said.splitlines()), said


def test_a_test_may_look_at_the_house_from_outside(root: Path, tmp_path: Path) -> None:
    test = "niangjia/kernel/journal/tests/test_journal.py"
    files = {"niangjia/kernel/journal/tests/__init__.py": "", test: "import niangjia.registers.members.services\n"}
    assert law(root, tmp_path, files) == ""


def test_a_cycle_is_found(root: Path, tmp_path: Path) -> None:
    one, other = "niangjia/kernel/dated/__init__.py", "niangjia/kernel/clock/__init__.py"
    assert "cycle" in law(
        root, tmp_path, {one: "import niangjia.kernel.clock\n", other: "import niangjia.kernel.dated\n"}
    )


def style(root: Path, text: str, path: str = "niangjia/registers/orgs/services.py") -> str:
    words = ("check", "--config", str(root / "ruff.toml"), "--output-format=concise", "--stdin-filename", path, "-")
    return run("ruff", *words, cwd=root, said=text).stdout


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('"""One."""\n\n\ndef f(a):\n    """Two."""\n    return a\n', "ANN001"),
        ('"""One."""\n\nimport os\n', "F401"),
        ('"""One."""\n\n\ndef f() -> None:\n    """Two."""\n    print(1)\n', "T201"),
        (
            '"""One."""\n\n\ndef f(a: int, b: int, *, c: int, d: int, e: int, f: int) -> None:\n    """Two."""\n',
            "PLR0913",
        ),
        ('"""One."""\n\nx = 1  # TODO: later\n', "FIX002"),
        ('"""One."""\n\n\ndef f(n: str) -> str:\n    """Two."""\n    return f"SELECT {n} FROM t"\n', "S608"),
    ],
)
def test_style_finds_what_the_house_does_not_do(root: Path, text: str, code: str) -> None:
    assert code in style(root, text)


def test_chinese_marks_are_meant(root: Path) -> None:
    assert "All checks passed" in style(root, '"""会籍，一个人只有一份。"""\n\nWORDS = "没有，也不会有。"\n')


def test_a_wrong_type_is_found(root: Path, tmp_path: Path) -> None:
    code = "from niangjia.kernel.places.models import Place\n\nright: str = Place().path\nwrong: int = Place().path\n"
    (tmp_path / "sample.py").write_text(code, "utf-8")
    words = ("--config-file", "mypy.ini", "--cache-dir", str(tmp_path / "cache"), str(tmp_path / "sample.py"))
    found = [line for line in run("mypy", *words, cwd=root).stdout.splitlines() if "sample.py" in line]
    assert len(found) == 1, "the plugin knows what a field holds"
    assert "sample.py:4: error: Incompatible types in assignment" in found[0]


def test_a_page_with_an_orphan_tag_is_found(root: Path, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<div><p>a</div>\n</section>\n<img src='a.png'>\n", "utf-8")
    done = run(
        "djlint", "--lint", "--configuration", str(root / ".djlintrc"), str(tmp_path / "page.html"), cwd=tmp_path
    )
    assert "H013" in done.stdout
    assert "H025" in done.stdout


def test_a_program_that_finds_nothing_says_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(tools.CHECKS, "imports", ((("python", "-c", "print('much')"),), "all is well", "nothing"))
    assert tools.run("imports") == 0
    assert capsys.readouterr().out == "imports: all is well\n"


def test_a_program_that_finds_something_is_heard(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    failing = ("python", "-c", "print('a.py:1: wrong'); raise SystemExit(1)")
    monkeypatch.setitem(tools.CHECKS, "imports", ((failing,), "all is well", "mend it"))
    assert tools.run("imports") == 1
    said = capsys.readouterr()
    assert said.out == "a.py:1: wrong\n"
    assert said.err == "imports: next: mend it\n"
