"""House rules: each finds the harm, and leaves what is right alone."""

import ast
from collections.abc import Callable, Iterator

import pytest

from checking import house, leaks
from checking.report import Fault, conclude
from checking.tree import Source

Rule = Callable[[Source, ast.Module], Iterator[Fault]]


def found(rule: Rule, text: str, path: str = "niangjia/help/visits/services.py") -> list[Fault]:
    source = Source(path, text)
    return list(rule(source, ast.parse(text)))


def test_a_file_past_four_hundred_lines_is_two_rooms() -> None:
    assert list(house.length(Source("niangjia/a.py", "x = 1\n" * 401)))
    assert not list(house.length(Source("niangjia/a.py", "x = 1\n" * 400)))


def test_a_file_of_tests_may_have_six_hundred_lines() -> None:
    assert not list(house.length(Source("niangjia/a/tests/test_a.py", "x = 1\n" * 600)))
    assert list(house.length(Source("niangjia/a/tests/test_a.py", "x = 1\n" * 601)))


@pytest.mark.parametrize("name", ["utils", "helpers", "manager", "data", "process"])
def test_a_name_that_says_nothing_is_refused(name: str) -> None:
    assert list(house.file_name(Source(f"niangjia/registers/{name}.py", "")))
    assert list(house.file_name(Source(f"niangjia/{name}/views.py", "")))


def test_a_name_of_the_field_is_fine() -> None:
    assert not list(house.file_name(Source("niangjia/registers/members/roster.py", "")))


def test_a_function_of_seventy_one_lines_is_too_long() -> None:
    assert found(house.long_functions, "def f():\n" + "    x = 1\n" * 70)
    assert not found(house.long_functions, "def f():\n" + "    x = 1\n" * 69)


def test_an_import_inside_a_function_is_found() -> None:
    assert found(house.inner_imports, "def f():\n    from os import path\n    return path\n")
    assert not found(house.inner_imports, "from os import path\ndef f():\n    return path\n")


@pytest.mark.parametrize("caught", ["", " Exception", " BaseException", " (ValueError, Exception)"])
def test_catching_everything_is_found(caught: str) -> None:
    assert found(house.broad_excepts, f"try:\n    x = 1\nexcept{caught}:\n    pass\n")


def test_catching_what_one_can_answer_is_fine() -> None:
    assert not found(house.broad_excepts, "try:\n    x = 1\nexcept (ValueError, KeyError):\n    pass\n")


@pytest.mark.parametrize(
    "line",
    [
        "x = datetime.now()",
        "x = datetime.datetime.now(UTC)",
        "x = date.today()",
        "x = time.time()",
        "x = timezone.now()",
        "x = timezone.localtime()",
        "x = models.DateTimeField(db_default=models.functions.Now())",
        "x = models.DateTimeField(default=timezone.now)",
        "x = models.DateTimeField(auto_now_add=True)",
        "x = 'SELECT now() - seen_at'",
        "x = 'WHERE due_on < CURRENT_DATE'",
    ],
)
def test_a_second_clock_is_found(line: str) -> None:
    assert found(house.clocks, line + "\n")


@pytest.mark.parametrize(
    "line",
    [
        "x = clock.now()",
        "x = timezone.localtime(at)",
        "x = time.monotonic()",
        '"""Never now()."""',
        "x = 'what is known()'",
    ],
)
def test_the_one_clock_and_a_stop_watch_are_fine(line: str) -> None:
    assert not found(house.clocks, line + "\n")


def test_the_clock_itself_may_read_the_clock() -> None:
    assert not found(house.clocks, "x = 'SELECT clock_timestamp()'\n", "niangjia/kernel/clock/reading.py")


def test_a_probe_may_ask_how_long_the_machinery_has_been_silent() -> None:
    assert not found(house.clocks, "x = 'SELECT now() - beaten_at'\n", "niangjia/config/health.py")
    assert found(house.clocks, "x = datetime.now()\n", "niangjia/config/health.py")


def leak(line: str) -> list[Fault]:
    return list(leaks.leaks(Source("docs/x.md", line)))


@pytest.mark.parametrize(
    "line",
    [
        "-----BEGIN " + "PRIVATE KEY-----",
        "postgresql://niangjia:" + "open-sesame@127.0.0.1/niangjia",
        "see /wor" + "k/main/x",
        "in /hom" + "e/li/niangjia",
        "index-ur" + "l = https://example.org/simple",
        "https://registry.npm" + "js.org/htmx",
        '"resolve' + 'd": "https://example.org/x.tgz"',
    ],
)
def test_what_must_not_leave_the_machine_is_found(line: str) -> None:
    assert leak(line)


@pytest.mark.parametrize(
    "line",
    ["postgresql://niangjia_app@127.0.0.1/niangjia", "docs/work/plan", "the work/rest rule", "{user}:{word}@host"],
)
def test_ordinary_words_are_left_alone(line: str) -> None:
    assert not leak(line)


def number(first: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(first, leaks.WEIGHTS, strict=True))
    return first + "10X98765432"[total % 11]


def test_a_number_that_may_be_somebodys_is_found() -> None:
    assert leak("id " + number("110101" + "19900307" + "123"))


def test_a_number_of_the_demo_county_belongs_to_nobody() -> None:
    assert not leak("id " + number("349921" + "19900307" + "123"))


def test_a_number_with_a_wrong_check_character_belongs_to_nobody() -> None:
    right = number("110101" + "19900307" + "123")
    assert not leak("id " + right[:17] + ("1" if right[17] != "1" else "2"))


def test_a_fault_says_where_what_why_and_what_next(capsys: pytest.CaptureFixture[str]) -> None:
    fault = Fault("a.py", 3, "bare except", "unknown faults must be seen.", "name the error.")
    assert conclude("house", [fault, fault], "fine") == 1
    said = capsys.readouterr()
    assert said.out == "a.py:3: bare except: unknown faults must be seen. Next: name the error.\n"
    assert said.err == "house: 1 to mend\n"


def test_a_green_check_says_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert conclude("house", [], "fine") == 0
    assert capsys.readouterr().out == "house: fine\n"
